package io.vigil.pipeline.bench;

import io.vigil.connectors.video.decode.FFmpegProgram;
import io.vigil.model.detect.Letterbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An ffmpeg program to measure against.
 *
 * @param name for people
 * @param decoding options before the input: what decodes
 */
record FFmpegRun(String name, Path program, List<String> decoding) {

  /** FFmpeg as it comes with Vigil, and that of the PATH where there is one. */
  static List<FFmpegRun> available() {
    var programs = new ArrayList<FFmpegRun>();
    programs.add(bundled());
    Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "ffmpeg"))
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(
            program -> programs.add(new FFmpegRun("ffmpeg of the PATH", program, List.of())));
    return programs;
  }

  static FFmpegRun bundled() {
    return new FFmpegRun("ffmpeg as bundled", FFmpegProgram.bundled(), List.of());
  }

  /** Decodes by the GPU's own decoder (NVDEC), whose frames come back to be scaled. */
  static FFmpegRun byNvidia() {
    return new FFmpegRun(
        "ffmpeg as bundled, decoding on the GPU",
        FFmpegProgram.bundled(),
        List.of("-hwaccel", "cuda"));
  }

  /** Why it cannot decode the file here, as it says first; empty if it can. */
  Optional<String> hindrance(Path file) throws IOException, InterruptedException {
    return failure(decode(file, "-frames:v", "1"))
        .map(said -> said.lines().findFirst().orElse("no reason given"));
  }

  /** Writes a file that plays another several times, without decoding it. */
  void repeat(Path file, int times, Path target) throws IOException, InterruptedException {
    var input = List.of("-stream_loop", Integer.toString(times - 1), "-i", file.toString());
    var output = List.of("-map", "0:v:0", "-c", "copy", "-y", target.toString());
    run(Stream.of(input, output).flatMap(List::stream).toList());
  }

  /** Decodes and scales a file to nowhere; returns nanoseconds. */
  long decodeAndScale(Path file, Letterbox letterbox) throws IOException, InterruptedException {
    var scale =
        "scale=%d:%d:flags=bilinear".formatted(letterbox.scaledWidth(), letterbox.scaledHeight());
    long start = System.nanoTime();
    run(decode(file, "-vf", scale));
    return System.nanoTime() - start;
  }

  private List<String> decode(Path file, String... with) {
    var arguments = new ArrayList<>(decoding);
    arguments.addAll(List.of("-i", file.toString(), "-map", "0:v:0"));
    arguments.addAll(List.of(with));
    arguments.addAll(List.of("-f", "null", "-"));
    return arguments;
  }

  private void run(List<String> arguments) throws IOException, InterruptedException {
    var failure = failure(arguments);
    if (failure.isPresent()) {
      throw new IOException(String.join(" ", command(arguments)) + " failed: " + failure.get());
    }
  }

  private Optional<String> failure(List<String> arguments)
      throws IOException, InterruptedException {
    var process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
  }

  private List<String> command(List<String> arguments) {
    var command = new ArrayList<>(List.of(program.toString(), "-v", "error", "-nostdin"));
    command.addAll(arguments);
    return command;
  }
}
