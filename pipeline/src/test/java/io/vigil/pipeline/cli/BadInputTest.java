package io.vigil.pipeline.cli;

import static io.vigil.pipeline.cli.CommandLineRun.STREET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each gets one clear message, no stack trace, and an exit code that a script can go by. */
class BadInputTest {
  @TempDir private Path folder;

  @Test
  void filesThatAreNotThere() {
    refuses(1, "no-such.mp4: there is no such file or folder", "no-such.mp4");
    refuses(1, folder + "/*.mp4: no file matches", folder + "/*.mp4");
    refuses(1, "x[: there is no such file, and as a glob it is not complete (Missing '])", "x[");
    refuses(2, "detect needs a video file", "");
  }

  @Test
  void filesThatAreNoVideo() throws IOException {
    var empty = Files.createFile(folder.resolve("empty.mp4"));
    refuses(1, empty + ": the file is empty where a video was expected", empty.toString());
    var text = Files.writeString(folder.resolve("text.mp4"), "this is no video\n");
    refuses(1, text + ": not a video that FFmpeg can read", text.toString());
  }

  @Test
  void allWrongOptionsAtOnce() {
    refuses(
        2,
        """
        vigil: the command line has 4 problems:
          --end 5: must be after the start, 10.0 s
          --device tpu: must be one of cpu, gpu, auto (where the network runs). Did you mean cpu?
          --batch 0: must be a whole number from 1 to 256 (most frames that go through the network at once)
          --score 2: must be a number from 0 to 1 (the lowest score of a detection that is kept)
        """,
        STREET.toString(),
        "--score=2",
        "--batch=0",
        "--device=tpu",
        "--start=10",
        "--end=5");
  }

  @Test
  void unknownOptionsAndCommands() {
    refuses(2, "vigil: Unknown option: '--scor'. Did you mean --score?", "x.mp4", "--scor");
    var run = CommandLineRun.of("detetc", "x.mp4");
    assertThat(run.err()).contains("'detetc'").contains("Did you mean detect?");
    assertThat(run.exitCode()).isEqualTo(2);
    refuses(2, "detect needs a video file, a folder of them, or a glob");
  }

  @Test
  void aCheckpointThatWasNotFinished() throws IOException {
    var job =
        Files.writeString(
            folder.resolve("job.yaml"), "version: 1\nsource: {files: ['%s']}\n".formatted(STREET));
    var unfinished = Files.createDirectories(folder.resolve("chk-6"));
    var whole = Files.createDirectories(folder.resolve("chk-5"));
    Files.createFile(whole.resolve("_metadata"));
    var run =
        CommandLineRun.of("run", "-c", job.toString(), "--from", unfinished.toUri().toString());
    assertThat(run.err())
        .contains(unfinished + ": this checkpoint was not finished")
        .contains("the newest whole one beside it is " + whole);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void modelsAndClassesThatAreNotThere() {
    refuses(1, "Unknown model 'd9'", STREET.toString(), "--model=d9");
    refuses(1, "There is no model file none.onnx", STREET.toString(), "--model=none.onnx");
    refuses(
        2,
        "vigil: the command line: --classes persn: the model knows no such class. Did you mean person?",
        STREET.toString(),
        "--classes=car,persn");
  }

  @Test
  void placesThatCannotBeWritten() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    refuses(2, "--out " + file + ": is a file", STREET.toString(), "--out=" + file);
    refuses(
        1,
        "--out " + file.resolve("in") + ": cannot be written to",
        STREET.toString(),
        "--out=" + file.resolve("in"));
  }

  @Test
  void allThatIsWrongBeforeTheStart() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    var run =
        CommandLineRun.of(
            "detect",
            "no-such.mp4",
            "--model=d9",
            "--bootstrap-servers=localhost:1",
            "--out=" + file.resolve("in"));
    assertThat(run.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("vigil: --out " + file + "/in: cannot be written"),
            line -> assertThat(line).startsWith("vigil: no-such.mp4: there is no such file"),
            line -> assertThat(line).startsWith("vigil: Unknown model 'd9'"),
            line -> assertThat(line).startsWith("vigil: Kafka: bootstrap.servers = localhost:1"));
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aPartOfTheVideoThatIsNotThere() {
    refuses(
        1,
        "vigil: no frame was looked at: none lies in the part of the video that --start and --end leave",
        STREET.toString(),
        "--start=1000",
        "--out=" + folder.resolve("out"));
  }

  @Test
  void aBrokerThatIsNotThere() {
    refuses(
        1,
        "Kafka: bootstrap.servers = localhost:1: no broker answers there",
        STREET.toString(),
        "--bootstrap-servers=localhost:1",
        "--out=" + folder.resolve("out"));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aRunThatIsNotThereToResume() {
    refuses(2, "--out " + folder + ": holds no run", "--resume", "--out=" + folder);
  }

  @Test
  void aJobFileWithMistakes() throws IOException {
    var file = folder.resolve("job.yaml");
    Files.writeString(
        file, "version: 1\nsource: {files: [x.mp4]}\ncheckpoints: {mode: unaligned}\n");
    var run = CommandLineRun.of("run", "-c", file.toString());
    assertThat(run.err())
        .startsWith(
            "vigil: %s: checkpoints.mode: unaligned: unaligned checkpoints would store every frame"
                .formatted(file))
        .doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void fiveMistakesAreFiveLinesAtOnce() throws IOException {
    var file = folder.resolve("job.yaml");
    Files.writeString(
        file,
        """
        version: 1
        source: {files: [x.mp4], fps: fast}
        model: {device: tpu, gpu-memory: much}
        detection: {scroe: 0.5}
        kafka: {bootstrap-servers: 'localhost:1', partitions: 0}
        """);
    var run = CommandLineRun.of("run", "-c", file.toString());
    assertThat(run.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("vigil: " + file + " has 5 problems:"),
            line -> assertThat(line).startsWith("  source.fps: fast: must be"),
            line -> assertThat(line).startsWith("  model.device: tpu: must be one of cpu, gpu"),
            line -> assertThat(line).startsWith("  model.gpu-memory: much: must be a size"),
            line -> assertThat(line).startsWith("  detection.scroe: no such key. Did you mean"),
            line -> assertThat(line).startsWith("  kafka.partitions: 0: must be a whole number"));
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aCheckpointFolderThatCannotBeWritten() throws IOException {
    var file = folder.resolve("job.yaml");
    Files.writeString(
        file,
        "version: 1\nsource: {files: ['%s']}\nkafka: {bootstrap-servers: 'localhost:1'}\n"
                .formatted(STREET)
            + "checkpoints: {directory: /sys/vigil}\n");
    var run = CommandLineRun.of("run", "-c", file.toString());
    assertThat(run.err())
        .contains(file + ": checkpoints.directory: file:///sys/vigil: cannot be written (")
        .contains("Kafka: bootstrap.servers = localhost:1")
        .doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aGpuWithoutItsLibraries() {
    refuses(
        1,
        "vigil: Device gpu cannot be used: the ONNX Runtime on the class path is the one for CPUs;"
            + " put onnxruntime_gpu in the place of onnxruntime",
        STREET.toString(),
        "--device=gpu",
        "--out=" + folder.resolve("out"));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aSavepointThatIsNotThere() throws IOException {
    var file = folder.resolve("job.yaml");
    Files.writeString(
        file,
        "version: 1\nsource: {files: ['%s']}\nkafka: {bootstrap-servers: 'localhost:1'}\n"
            .formatted(STREET));
    var run = CommandLineRun.of("run", "-c", file.toString(), "--from=" + folder + "/none");
    assertThat(run.err())
        .contains("--from " + folder + "/none: there is no savepoint or checkpoint")
        .contains("Kafka: bootstrap.servers = localhost:1");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void givesTheStackTraceWhereItIsAskedFor() {
    assertThat(CommandLineRun.of("detect", "no-such.mp4", "--verbose").err()).contains("\tat ");
  }

  private static void refuses(int exitCode, String message, String... arguments) {
    var all = new java.util.ArrayList<>(java.util.List.of("detect"));
    all.addAll(java.util.List.of(arguments));
    var run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }
}
