package io.vigil.pipeline.bench;

import io.vigil.connectors.video.decode.FFmpegProgram;
import io.vigil.model.detect.Letterbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An ffmpeg program to measure against.
 *
 * @param name for people
 */
record FFmpegRun(String name, Path program) {

  /** FFmpeg as it comes with Vigil, and that of the PATH where there is one. */
  static List<FFmpegRun> available() {
    var programs = new ArrayList<FFmpegRun>();
    programs.add(bundled());
    Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "ffmpeg"))
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(program -> programs.add(new FFmpegRun("ffmpeg of the PATH", program)));
    return programs;
  }

  static FFmpegRun bundled() {
    return new FFmpegRun("ffmpeg as bundled", FFmpegProgram.bundled());
  }

  /** Writes a file that plays another several times, without decoding it. */
  void repeat(Path file, int times, Path target) throws IOException, InterruptedException {
    run(
        "-stream_loop",
        Integer.toString(times - 1),
        "-i",
        file.toString(),
        "-map",
        "0:v:0",
        "-c",
        "copy",
        "-y",
        target.toString());
  }

  /** Decodes and scales a file to nowhere; returns nanoseconds. */
  long decodeAndScale(Path file, Letterbox letterbox) throws IOException, InterruptedException {
    var scale =
        "scale=%d:%d:flags=bilinear".formatted(letterbox.scaledWidth(), letterbox.scaledHeight());
    long start = System.nanoTime();
    run("-i", file.toString(), "-map", "0:v:0", "-vf", scale, "-f", "null", "-");
    return System.nanoTime() - start;
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program.toString(), "-v", "error", "-nostdin"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said);
    }
  }
}
