package io.vigil.pipeline.cli;

import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.decode.VideoInfo;
import io.vigil.pipeline.config.SourceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The videos of a run, looked into before anything is started.
 *
 * @param readable by stream id, with what the file says of itself
 * @param problems of those that cannot be read at all, a sentence each
 */
record Videos(Map<String, VideoInfo> readable, List<String> problems) {

  static Videos probe(Map<String, Path> files) {
    var readable = new LinkedHashMap<String, VideoInfo>();
    var problems = new ArrayList<String>();
    files.forEach(
        (id, path) -> {
          try {
            readable.put(id, VideoDecoder.probe(path));
          } catch (VideoException e) {
            problems.add(e.getMessage());
          }
        });
    return new Videos(readable, List.copyOf(problems));
  }

  /**
   * These, if there is one to detect anything in.
   *
   * @param more problems with what was asked for
   * @throws CommandException with all problems
   */
  Videos orRefuse(List<String> more) {
    if (!readable.isEmpty()) {
      return this;
    }
    var all = Stream.concat(more.stream(), problems.stream()).toList();
    throw new CommandException(ExitCode.FAILED, String.join("\nvigil: ", all));
  }

  /** Events to expect, as far as the files tell; 0 if one of them does not. */
  long expectedFrames(SourceConfig source) {
    var each = readable.values().stream().mapToLong(info -> expected(info, source)).toArray();
    boolean known = Arrays.stream(each).allMatch(frames -> frames >= 0);
    return known ? Arrays.stream(each).sum() : 0;
  }

  /** -1 if not known. */
  private static long expected(VideoInfo info, SourceConfig source) {
    double rate = info.framesPerSecond();
    double length = info.durationSeconds();
    if (rate <= 0 || length <= 0) {
      return info.estimatedFrames() > 0 ? info.estimatedFrames() : -1;
    }
    double end = Math.min(length, source.end().map(Videos::seconds).orElse(length));
    double part = Math.max(0, end - seconds(source.start())) / length;
    double sampled = Math.min(1, source.fps().orElse(rate) / rate);
    double all = info.estimatedFrames() > 0 ? info.estimatedFrames() : rate * length;
    return Math.round(all * part * sampled);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
