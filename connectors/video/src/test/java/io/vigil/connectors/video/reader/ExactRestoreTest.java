package io.vigil.connectors.video.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.Clips.Clip;
import io.vigil.connectors.video.split.FrameAnchor;
import io.vigil.connectors.video.split.VideoPosition;
import io.vigil.connectors.video.split.VideoSplit;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactRestoreTest {

  /** The clips last 2 seconds; the first of these seeks right into open GOPs. */
  private static final List<Double> SHORT_BACK_OFFS = List.of(0.0, 0.3, 1.0);

  /** What a seek alone cannot know, so a reader that gets there has not counted from the start. */
  private static final long SHIFT = 1_000_000;

  static Stream<Clip> clips() {
    return Clips.numbered();
  }

  @ParameterizedTest
  @MethodSource("clips")
  void fromEveryFrameOnItIsTheUndisturbedContinuation(Clip clip) throws IOException {
    var unread = VideoSplit.unread("stream", clip.path().toString());
    var whole = Reading.of(unread, Reading.EVERYTHING, SHORT_BACK_OFFS);
    int count = whole.elements().size();
    assertThat(count).isEqualTo(clip.frames() + 2);
    for (int i = 0; i < count; i++) {
      var rest = Reading.of(whole.checkpoints().get(i), Reading.EVERYTHING, SHORT_BACK_OFFS);
      assertThat(rest.elements())
          .as("after element %d", i)
          .isEqualTo(whole.elements().subList(i + 1, count));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 7.5, 24})
  void samplingAndRangeGoOnTheSame(double samplingRate) throws IOException {
    var settings =
        new ReadSettings(Reading.SMALL, samplingRate, 0.4, 1.7, DecoderThreads.EVERY_CORE);
    var unread = VideoSplit.unread("stream", Clips.variant("vfr.mp4").toString());
    var whole = Reading.of(unread, settings, SHORT_BACK_OFFS);
    int count = whole.elements().size();
    for (int i = 0; i < count; i++) {
      var rest = Reading.of(whole.checkpoints().get(i), settings, SHORT_BACK_OFFS);
      assertThat(rest.elements())
          .as("after element %d", i)
          .isEqualTo(whole.elements().subList(i + 1, count));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closed_gop_h264.mp4",
        "open_gop_h264.mp4",
        "closed_gop_h265.mp4",
        "open_gop_h265.mp4",
        "vfr.mp4",
        "mpegts.ts",
        "mjpeg.avi",
        "rotated90.mp4",
        "h265_10bit.mp4"
      })
  void aSeekIsEnoughFarFromTheStart(String clip) throws IOException {
    var whole =
        Reading.of(
            VideoSplit.unread("stream", Clips.variant(clip).toString()),
            Reading.EVERYTHING,
            SHORT_BACK_OFFS);
    for (int i = 40; i < 48; i++) {
      var restored = shifted(whole.checkpoints().get(i));
      var rest = Reading.of(restored, Reading.EVERYTHING, SHORT_BACK_OFFS);
      assertThat(rest.elements()).hasSize(whole.elements().size() - i - 1);
      assertThat(rest.elements().get(0))
          .as("after element %d", i)
          .startsWith("frame " + (SHIFT + i) + " ")
          .contains(crc(whole.elements().get(i + 1)));
    }
  }

  private static String crc(String element) {
    int start = element.indexOf(" crc ");
    return element.substring(start, element.indexOf(" ->"));
  }

  /** The same place under other numbers. */
  private static VideoSplit shifted(VideoSplit split) {
    var position = split.position();
    var anchors =
        split.anchors().stream()
            .map(anchor -> new FrameAnchor(anchor.seq() + SHIFT, anchor.pts(), anchor.crc()))
            .toList();
    var later =
        new VideoPosition(
            position.phase(),
            position.session(),
            position.nextSeq() + SHIFT,
            position.firstPts(),
            position.lastPts(),
            position.distinctPts(),
            position.lastSlot(),
            position.timestamp(),
            position.counts());
    return new VideoSplit(split.streamId(), split.path(), later, anchors);
  }

  @ParameterizedTest
  @ValueSource(strings = {"duplicate_pts.mkv", "raw.h264"})
  void withoutDistinctTimestampsItStartsFromTheStart(String clip) throws IOException {
    var unread = VideoSplit.unread("stream", Clips.variant(clip).toString());
    var whole = Reading.of(unread, Reading.EVERYTHING, SHORT_BACK_OFFS);
    var restored = shifted(whole.checkpoints().get(44));
    var rest = Reading.of(restored, Reading.EVERYTHING, SHORT_BACK_OFFS);
    assertThat(rest.elements()).hasSize(1);
    assertThat(rest.elements().get(0))
        .contains("kind=FAILED")
        .contains(clip + ": it ends before the place where it was read last");
  }

  @Test
  void pixelsThatDifferAreNotTheSameFrame() throws IOException {
    var unread = VideoSplit.unread("stream", Clips.variant("closed_gop_h264.mp4").toString());
    var whole = Reading.of(unread, Reading.EVERYTHING, SHORT_BACK_OFFS);
    var split = shifted(whole.checkpoints().get(44));
    var anchors =
        split.anchors().stream()
            .map(anchor -> new FrameAnchor(anchor.seq(), anchor.pts(), anchor.crc() + 1))
            .toList();
    var restored = new VideoSplit(split.streamId(), split.path(), split.position(), anchors);
    assertThat(Reading.of(restored, Reading.EVERYTHING, SHORT_BACK_OFFS).elements().get(0))
        .contains("it ends before the place where it was read last");
  }
}
