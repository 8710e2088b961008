package io.vigil.pipeline.cli;

import static io.vigil.pipeline.cli.CommandLineRun.STREET;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a file, Flink, the network, a broker in the process, events and pictures. */
class DetectCommandTest {
  @TempDir private Path folder;

  @Test
  void leavesEventsResultsAndPicturesOfAVideo() throws IOException {
    var out = folder.resolve("out");
    var run = detect(out, STREET.toString(), "--end", "1s", "--format", "coco,mot,csv");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(seqs(out)).containsExactlyElementsOf(upTo(12));
    assertThat(frames(out)).allMatch(frame -> frame.streamId().equals("street.mp4"));
    assertThat(run.err())
        .containsOnlyOnce("learned from drawn streets")
        .contains("12 of 12 frames");
    assertThat(run.out()).contains("Frames      12", out.toString()).doesNotContain("ntrained");
    assertThat(frames(out)).allMatch(frame -> frame.model().domain().equals("drawn"));
    assertThat(out)
        .isDirectoryContaining(file -> file.endsWith("street.annotated.mp4"))
        .isDirectoryContaining(file -> file.endsWith("street.contact-sheet.png"))
        .isDirectoryContaining(file -> file.endsWith("detections.csv"))
        .isDirectoryContaining(file -> file.endsWith("coco-results.json"))
        .isDirectoryNotContaining(file -> file.endsWith(".vigil"));
  }

  @Test
  void goesOnWhereItWasInterrupted() throws IOException {
    var out = folder.resolve("out");
    var interrupted =
        CommandLineRun.interruptedAtTheFirstFrame(
            "detect",
            STREET.toString(),
            "no-such.mp4",
            "--end=3s",
            "--model=d0",
            "--batch=2",
            "--no-video",
            "--format=mot",
            "--out=" + out);
    assertThat(interrupted.exitCode()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.out()).contains("Go on with: vigil detect --resume --out " + out);
    int done = frames(out).size();
    assertThat(done).isPositive();
    assertThat(interrupted.out()).contains("Stopped: " + done + " frames");

    var resumed = CommandLineRun.of("detect", "--resume", "--out", out.toString());
    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(3);
    assertThat(resumed.err())
        .contains("no-such.mp4: there is no such file or folder")
        .containsOnlyOnce("The weights of efficientdet-d0 are untrained");
    assertThat(seqs(out)).containsExactlyElementsOf(upTo(36));
    assertThat(out)
        .isDirectoryContaining(file -> file.endsWith("street.mot.txt"))
        .isDirectoryNotContaining(file -> file.endsWith("street.annotated.mp4"))
        .isDirectoryNotContaining(file -> file.endsWith(".vigil"));
  }

  @Test
  void detectsTheGoodFilesOfAFolderWithBadOnes() throws IOException {
    var videos = Files.createDirectories(folder.resolve("videos"));
    Files.copy(STREET, videos.resolve("street.mp4"));
    Files.copy(variant("truncated.mp4"), videos.resolve("cut.mp4"));
    Files.writeString(videos.resolve("text.mp4"), "no video");
    Files.createFile(videos.resolve("empty.mp4"));
    var out = folder.resolve("out");
    var run = detect(out, videos.toString(), "no-such.mp4", "--end", "1s", "--no-video");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("no-such.mp4: there is no such file or folder")
        .contains("text.mp4: not a video that FFmpeg can read")
        .contains("empty.mp4: the file is empty");
    assertThat(run.out()).contains("Failed      cut.mp4: cut off or damaged at ");
    assertThat(frames(out)).filteredOn(frame -> frame.streamId().equals("street.mp4")).hasSize(12);
    assertThat(frames(out)).filteredOn(frame -> frame.streamId().equals("cut.mp4")).isNotEmpty();
  }

  private static CommandLineRun detect(Path out, String... more) {
    var arguments = new java.util.ArrayList<>(List.of("detect", "--out", out.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static Path variant(String name) {
    return STREET.resolveSibling("variants").resolve(name);
  }

  private static List<Long> seqs(Path out) throws IOException {
    return frames(out).stream().map(FrameEvent::seq).toList();
  }

  private static List<FrameEvent> frames(Path out) throws IOException {
    try (var lines = Files.lines(out.resolve("events.jsonl"))) {
      return lines
          .map(line -> (FrameEvent) EventJson.read(line.getBytes(StandardCharsets.UTF_8)))
          .toList();
    }
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }
}
