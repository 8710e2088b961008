package io.vigil.pipeline.report;

import static io.vigil.pipeline.report.Reports.car;
import static io.vigil.pipeline.report.Reports.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.events.FrameEvent;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real videos, encoded, annotated and decoded again. */
class StreamPicturesTest {
  /** A variable frame rate. */
  private static final long[] PTS = {0, 3000, 9000, 9100, 40_000, 90_000};

  @TempDir private Path out;

  @Test
  void anAnnotatedVideoHasEveryFrameAtItsTime() throws IOException {
    var video = Reports.video(out.resolve("street.mp4"), 320, 240, PTS);
    report(video, event("street.mp4", 0, 0), event("street.mp4", 5, 90_000));
    assertThat(times(out.resolve("street.annotated.mp4"))).isEqualTo(times(video)).hasSize(6);
  }

  @Test
  void aFramesOwnBoxesAreDrawnOnIt() throws IOException {
    var video = Reports.video(out.resolve("street.mp4"), 320, 240, PTS);
    report(
        video,
        event("street.mp4", 0, 0),
        event("street.mp4", 2, 9000, car(0.9, 100, 80, 200, 160)),
        event("street.mp4", 5, 90_000));
    var frames = frames(out.resolve("street.annotated.mp4"));
    assertThat(frames).hasSize(6);
    for (int seq = 0; seq < frames.size(); seq++) {
      var frame = frames.get(seq);
      assertThat(isBackground(frame, 100, 120)).as("left of %d", seq).isEqualTo(seq != 2);
      assertThat(isBackground(frame, 150, 160)).as("bottom of %d", seq).isEqualTo(seq != 2);
      assertThat(isBackground(frame, 150, 120)).as("inside of %d", seq).isTrue();
    }
  }

  /** Of a run with --start and --end only that part is worth seeing. */
  @Test
  void theVideoIsCutToThePartThatWasLookedAt() throws IOException {
    var video = Reports.video(out.resolve("street.mp4"), 320, 240, PTS);
    report(video, event("street.mp4", 2, 9000), event("street.mp4", 4, 40_000));
    assertThat(times(out.resolve("street.annotated.mp4"))).containsExactly(0.0, 0.00111, 0.34444);
  }

  @Test
  void aContactSheetShowsTheBestFramesOfEveryPart() throws IOException {
    var video = Reports.video(out.resolve("street.mp4"), 320, 240, PTS);
    report(video, event("street.mp4", 0, 0), event("street.mp4", 2, 9000, car(0.9, 0, 0, 9, 9)));
    var sheet = ImageIO.read(out.resolve("street.contact-sheet.png").toFile());
    assertThat(sheet.getWidth()).isEqualTo(2 * 480 + 3 * 14);
    assertThat(sheet.getHeight()).isBetween(360, 600);
  }

  @Test
  void framesAreChosenFromAllOverTheStream() {
    var choice = new FrameChoice();
    for (int seq = 0; seq < 90; seq++) {
      choice.add(
          switch (seq) {
            case 12 -> event("a", seq, seq, car(0.5, 0, 0, 1, 1));
            case 17 -> event("a", seq, seq, car(0.4, 0, 0, 1, 1), car(0.4, 0, 0, 1, 1));
            default -> event("a", seq, seq);
          });
    }
    assertThat(choice.best(9)).containsExactly(4L, 17L, 24L, 34L, 44L, 54L, 64L, 74L, 84L);
  }

  @Test
  void aStreamWithFewFramesShowsThemAll() {
    var choice = new FrameChoice();
    choice.add(event("a", 3, 0));
    choice.add(event("a", 7, 1));
    assertThat(choice.best(9)).containsExactly(3L, 7L);
  }

  @Test
  void aVideoThatIsGoneIsAProblemAndTheRestIsThere() throws IOException {
    var events = Reports.write(out.resolve("events.jsonl"), event("gone.mp4", 0, 0));
    var result =
        Report.write(
            Reports.request(
                out,
                events,
                Map.of("gone.mp4", out.resolve("gone.mp4")),
                Set.of(),
                Set.of(Picture.values())),
            ReportProgress.NONE);
    assertThat(result.problems()).singleElement().asString().contains("gone.mp4");
    assertThat(result.summary().frames()).isEqualTo(1);
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("events.jsonl", "summary.json");
    }
  }

  private void report(Path video, FrameEvent... events) throws IOException {
    var file = Reports.write(out.resolve("events.jsonl"), events);
    var result =
        Report.write(
            Reports.request(
                out, file, Map.of("street.mp4", video), Set.of(), Set.of(Picture.values())),
            ReportProgress.NONE);
    assertThat(result.problems()).isEmpty();
  }

  private static List<Double> times(Path video) throws IOException {
    var times = new ArrayList<Double>();
    try (var decoder = VideoDecoder.open(video, 1)) {
      while (decoder.next()) {
        double seconds = decoder.timeBase().seconds(decoder.frame().pts());
        times.add(Math.round(seconds * 1e5) / 1e5);
      }
    }
    return times;
  }

  private static List<BufferedImage> frames(Path video) throws IOException {
    var frames = new ArrayList<BufferedImage>();
    try (var decoder = VideoDecoder.open(video, 1)) {
      while (decoder.next()) {
        frames.add(decoder.image());
      }
    }
    return frames;
  }

  private static boolean isBackground(BufferedImage frame, int x, int y) {
    var colour = new Color(frame.getRGB(x, y));
    int distance =
        Math.abs(colour.getRed() - Reports.BACKGROUND.getRed())
            + Math.abs(colour.getGreen() - Reports.BACKGROUND.getGreen())
            + Math.abs(colour.getBlue() - Reports.BACKGROUND.getBlue());
    return distance < 40;
  }
}
