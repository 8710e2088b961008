package io.vigil.connectors.frames.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.frames.Topic;
import io.vigil.connectors.frames.split.DecodingPoint;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.split.FrameAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactRestoreTest {

  private static final int FRAMES = 48;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closed_gop_h264.mp4",
        "open_gop_h264.mp4",
        "closed_gop_h265.mp4",
        "open_gop_h265.mp4",
        "h265_10bit.mp4",
        "mpegts.ts",
        "vfr.mp4",
        "mjpeg.avi"
      })
  void goesOnExactlyFromWhereverACheckpointFalls(String clip) throws Exception {
    var topic = new Topic().add(Topic.published("gate", "s1", Topic.units(clip)));
    requireEveryRestoreExact(topic);
  }

  @Test
  void streamsOfOnePartitionAreRestoredTogether() throws Exception {
    var one = Topic.published("gate", "s1", Topic.units("open_gop_h264.mp4"));
    var other = Topic.published("yard", "s2", Topic.units("closed_gop_h265.mp4"));
    var pictures = Topic.published("door", "s3", Topic.jpegs("bars_bt601.mp4"));
    requireEveryRestoreExact(new Topic().addInTurns(one, other).add(pictures));
  }

  @Test
  void aSessionThatBeginsWhileAnotherIsOpenIsRestoredExactly() throws Exception {
    var cutOff = Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4")).subList(0, 30);
    var again = Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4"));
    var topic = new Topic().add(cutOff).add(again);
    requireEveryRestoreExact(topic);
    assertThat(Reading.of(topic, Reading.START).lines())
        .contains("gate s1 ENDED 30 {} {}", "gate s1 ENDED 48 {} {}");
  }

  private static void requireEveryRestoreExact(Topic topic) throws Exception {
    var whole = Reading.of(topic, Reading.START);
    assertThat(whole.emitted.stream().filter(VideoFrame.class::isInstance))
        .hasSizeGreaterThanOrEqualTo(FRAMES);
    for (int i = 0; i < whole.states.size(); i++) {
      var rest = Reading.of(topic, whole.states.get(i));
      int before = whole.emittedBefore.get(i);
      var expected = whole.lines().subList(before, whole.emitted.size());
      assertThat(byStream(rest.lines())).as("state %d", i).isEqualTo(byStream(expected));
    }
  }

  private static TreeMap<String, List<String>> byStream(List<String> lines) {
    var byStream = new TreeMap<String, List<String>>();
    lines.forEach(
        line ->
            byStream
                .computeIfAbsent(line.substring(0, line.indexOf(' ')), key -> new ArrayList<>())
                .add(line));
    return byStream;
  }

  @ParameterizedTest
  @ValueSource(strings = {"closed_gop_h264.mp4", "open_gop_h264.mp4", "open_gop_h265.mp4"})
  void unitsGiveTheFramesOfTheFileThatTheyCameFrom(String clip) throws Exception {
    var topic = new Topic().add(Topic.published("gate", "s1", Topic.units(clip)));
    var expected = new ArrayList<String>();
    var settings = new LetterboxSettings(128, 128, false, new Fill(124, 116, 104));
    try (var decoder = VideoDecoder.open(Topic.clip(clip), 1)) {
      while (decoder.next()) {
        var frame = decoder.frame();
        var pixels =
            decoder.letterbox(settings.letterbox(frame.width(), frame.height()), settings.fill());
        expected.add(
            "gate s1 frame %d at %d/%d: %08x"
                .formatted(
                    expected.size(),
                    frame.pts(),
                    decoder.timeBase().denominator(),
                    FrameAnchor.crc(pixels)));
      }
    }
    assertThat(Reading.of(topic, Reading.START).lines())
        .containsExactlyElementsOf(framed(expected));
  }

  private static List<String> framed(List<String> frames) {
    var all = new ArrayList<String>();
    all.add("gate s1 CONNECTED 0 {} {}");
    all.addAll(frames);
    all.add("gate s1 ENDED %d {} {}".formatted(frames.size()));
    return all;
  }

  @Test
  void readsAgainFromTheLastKeyFrameOnly() throws Exception {
    var topic = new Topic().add(Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4")));
    var whole = Reading.of(topic, Reading.START);
    var late = whole.states.get(whole.states.size() - 6);
    assertThat(late.nextOffset()).isGreaterThan(40);
    assertThat(late.streams().get("gate").points())
        .containsExactly(new DecodingPoint(0, 0), new DecodingPoint(36, 36));
    assertThat(Reading.of(topic, late).recordsRead).isLessThan(20);
  }

  @Test
  void goesFurtherBackWhereDecodingAgainGivesAnotherFrame() throws Exception {
    var topic = new Topic().add(Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4")));
    var whole = Reading.of(topic, Reading.START);
    int place = whole.states.size() - 6;
    var state = whole.states.get(place);
    var position = state.streams().get("gate");
    var wrong = List.of(new DecodingPoint(0, 0), new DecodingPoint(36, 35));
    var streams = new TreeMap<>(state.streams());
    streams.put("gate", position.withPoints(wrong));
    var lying =
        new FramesSplit(
            state.topic(),
            state.partition(),
            state.endOffset(),
            state.nextOffset(),
            state.timestamp(),
            streams);
    var rest = Reading.of(topic, lying);
    assertThat(rest.lines())
        .isEqualTo(whole.lines().subList(whole.emittedBefore.get(place), whole.emitted.size()));
    assertThat(rest.recordsRead).isGreaterThan(48);
  }

  @Test
  void whatKafkaHasDeletedIsToldAsAGapAndDecodingBeginsAtAKeyFrame() throws Exception {
    var topic = new Topic().add(Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4")));
    var whole = Reading.of(topic, Reading.START);
    var early = whole.states.get(10);
    var rest = Reading.of(topic, early, 30);
    var gap = (StreamNotice) rest.emitted.get(0);
    assertThat(gap.kind()).isEqualTo(StreamNotice.Kind.GAP);
    assertThat(gap.gap().toEpochMillis()).isGreaterThan(gap.gap().fromEpochMillis());
    // 30 to 35 need what is gone
    assertThat(rest.emitted.stream().filter(VideoFrame.class::isInstance)).hasSize(12);
    var ended = (StreamNotice) rest.emitted.get(rest.emitted.size() - 1);
    assertThat(ended.dropped()).containsEntry("keyframe", 6L);
    assertThat(ended.decoded()).isEqualTo(early.streams().get("gate").decoded() + 6 + 12);
  }
}
