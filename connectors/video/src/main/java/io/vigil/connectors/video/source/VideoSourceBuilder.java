package io.vigil.connectors.video.source;

import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.reader.DecoderThreads;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.reader.ReadSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Collects what a {@link VideoSource} needs; {@link #build} tells all that is wrong at once. */
public final class VideoSourceBuilder {

  private static final double NANOS_PER_SECOND = 1e9;

  private final ArrayList<Map.Entry<String, String>> files = new ArrayList<>();
  private LetterboxSettings letterbox;
  private StreamSettings stream = StreamSettings.USUAL;
  private double samplingRate = Double.POSITIVE_INFINITY;
  private double startSeconds;
  private double endSeconds = Double.POSITIVE_INFINITY;
  private DecoderThreads decoderThreads = DecoderThreads.EVERY_CORE;

  VideoSourceBuilder() {}

  /**
   * @param streamId key of its events; each file needs another
   * @param path on every machine that may read it; need not exist yet
   */
  public VideoSourceBuilder addFile(String streamId, Path path) {
    files.add(new SimpleImmutableEntry<>(streamId, path.toString()));
    return this;
  }

  public VideoSourceBuilder setLetterbox(LetterboxSettings newLetterbox) {
    letterbox = newLetterbox;
    return this;
  }

  /** Of every file; as all are looked at by default. */
  public VideoSourceBuilder setStream(StreamSettings settings) {
    stream = settings;
    return this;
  }

  /**
   * Takes the first frame of each interval of 1 / rate seconds and drops the others; all frames if
   * never called.
   */
  public VideoSourceBuilder setSamplingRate(double framesPerSecond) {
    samplingRate = framesPerSecond;
    return this;
  }

  /**
   * From the file's first frame. Frames before it are decoded all the same, as {@code seq} counts
   * them, and dropped.
   */
  public VideoSourceBuilder setStart(Duration start) {
    startSeconds = seconds(start);
    return this;
  }

  /** From the file's first frame; reading stops there. */
  public VideoSourceBuilder setEnd(Duration end) {
    endSeconds = seconds(end);
    return this;
  }

  /** Of each open file; every core by default. */
  public VideoSourceBuilder setDecoderThreads(DecoderThreads threads) {
    decoderThreads = threads;
    return this;
  }

  /**
   * @throws IllegalArgumentException with all that is wrong
   */
  public VideoSource build() {
    var problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("VideoSource: " + String.join("; ", problems));
    }
    var settings =
        new ReadSettings(letterbox, stream, samplingRate, startSeconds, endSeconds, decoderThreads);
    return new VideoSource(new ArrayList<>(files), settings);
  }

  private List<String> problems() {
    var problems = new ArrayList<String>();
    if (files.isEmpty()) {
      problems.add("no file; add at least one with addFile");
    }
    var ids = new HashSet<String>();
    for (var file : files) {
      if (!ids.add(file.getKey())) {
        problems.add("stream id " + file.getKey() + " is used twice; give each file its own");
      }
    }
    for (var mask : stream.masks()) {
      require(mask.problem().isEmpty(), "a mask " + mask.problem(), problems);
    }
    require(letterbox != null, "no letterbox; call setLetterbox", problems);
    require(
        samplingRate > 0, "sampling rate is " + samplingRate + ", but must be above 0", problems);
    require(
        startSeconds >= 0, "start is " + startSeconds + " s, but must not be negative", problems);
    require(
        endSeconds > startSeconds,
        "end is " + endSeconds + " s, but must be after the start, " + startSeconds + " s",
        problems);
    return problems;
  }

  private static void require(boolean holds, String problem, List<String> problems) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
  }
}
