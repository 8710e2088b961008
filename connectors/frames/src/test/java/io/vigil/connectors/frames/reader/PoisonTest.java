package io.vigil.connectors.frames.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.frames.Poison;
import io.vigil.connectors.frames.Topic;
import io.vigil.connectors.video.RefusedRecord;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonTest {

  private static final String BARS = "bars_bt601.mp4";

  /** Makes a record bad. */
  interface Spoil
      extends Function<ProducerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> {}

  private static Arguments poison(String what, String reason, Spoil spoil) {
    return Arguments.of(what, reason, spoil);
  }

  static Stream<Arguments> counted() {
    return Stream.of(
        poison("empty", "it has 0 bytes, and a frame has more", r -> Poison.with(r, new byte[0])),
        poison("without value", "it has 0 bytes, and a frame has more", r -> Poison.with(r, null)),
        poison(
            "too large",
            "it has 2,000,000 bytes, and 1,048,576 are the most (frames.max-bytes)",
            r -> Poison.with(r, new byte[2_000_000])),
        poison(
            "another size",
            "header vigil-size is 161x96, and the content is 160x96",
            r -> Poison.with(r, r.value(), "vigil-size", "161x96")),
        poison(
            "another codec",
            "header vigil-codec is png, and the content is JPEG",
            r -> Poison.with(r, r.value(), "vigil-codec", "png")),
        poison(
            "not a picture",
            "header vigil-codec is jpeg, and the content is something else",
            r -> Poison.with(r, "nothing of the kind".getBytes())),
        poison(
            "a bomb of JPEG",
            "the picture would be 65500x65500, which are 4,290,250,000 pixels, and 1,000,000 are"
                + " the most (frames.max-pixels)",
            r -> Poison.with(r, Poison.jpeg(r.value(), 65500, 65500), "vigil-size", "65500x65500")),
        poison(
            "a bomb of PNG",
            "the picture would be 60000x60000, which are 3,600,000,000 pixels, and 1,000,000 are"
                + " the most (frames.max-pixels)",
            r ->
                Poison.with(r, Poison.png(60000, 60000), "vigil-codec", "png", "vigil-size", null)),
        poison(
            "cut off",
            "cannot be decoded (Invalid data found when processing input)",
            r -> Poison.with(r, Arrays.copyOf(r.value(), r.value().length / 2))),
        poison(
            "no access unit",
            "the content is no access unit of h264: it does not begin with a start code (Annex B);"
                + " correct the header vigil-codec, or the content",
            r -> Poison.with(r, r.value(), "vigil-codec", "h264")),
        poison(
            "raw of another size",
            "a picture of 160x96 in rgb24 has 46080 bytes, and this has 5",
            r -> Poison.with(r, new byte[5], "vigil-codec", "raw", "vigil-pixel-format", "rgb24")),
        poison(
            "raw of an unknown format",
            "pixel format 'rgb99' is not known; use FFmpeg's names, such as rgb24, bgr24 or yuv420p",
            r -> Poison.with(r, new byte[5], "vigil-codec", "raw", "vigil-pixel-format", "rgb99")));
  }

  static Stream<Arguments> countedInTheStreamOfTheirKey() {
    return Stream.of(
        poison(
            "unknown codec",
            "header vigil-codec is 'vp9', but must be one of jpeg, png, raw, h264, h265",
            r -> Poison.with(r, r.value(), "vigil-codec", "vp9")),
        poison(
            "no headers",
            "header vigil-stream is missing: the stream's id, which is the key too; header"
                + " vigil-codec is missing: one of jpeg, png, raw, h264, h265; header vigil-pts is"
                + " missing: the presentation time in units of vigil-time-base",
            r -> new ProducerRecord<>(r.topic(), r.key(), r.value())),
        poison(
            "malformed headers",
            "header vigil-pts is 'soon', but must be a whole number; header vigil-time-base is"
                + " '0/0', but must be seconds as a fraction, such as 1/90000; header vigil-size is"
                + " '-1x7', but must be width and height, such as 1920x1080",
            r ->
                Poison.with(
                    r,
                    r.value(),
                    "vigil-pts",
                    "soon",
                    "vigil-time-base",
                    "0/0",
                    "vigil-size",
                    "-1x7")),
        poison(
            "raw without a size",
            "header vigil-size is missing: width and height of the raw picture, such as 1920x1080;"
                + " header vigil-pixel-format is missing: the raw picture's, such as rgb24 or"
                + " yuv420p",
            r -> Poison.with(r, r.value(), "vigil-codec", "raw", "vigil-size", null)),
        poison(
            "another stream",
            "its key is gate, and header vigil-stream is door: records are keyed by stream, which"
                + " keeps them in order",
            r -> Poison.with(r, r.value(), "vigil-stream", "door")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"counted", "countedInTheStreamOfTheirKey"})
  void isRefusedWithTheReasonAndCountedAndHarmsNobody(String what, String reason, Spoil spoil)
      throws Exception {
    var healthy = Topic.published("yard", "s2", Topic.units("closed_gop_h264.mp4"));
    var undisturbed = Reading.of(new Topic().add(healthy), Reading.START).lines("yard");
    var records = Topic.published("gate", "s1", Topic.jpegs(BARS));
    var bad = spoil.apply(records.get(2));
    records.set(2, bad);
    var topic = new Topic().addInTurns(records, healthy);
    var reading = Reading.of(topic, Reading.START);

    var refused = refused(reading).get(0);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.topic()).isEqualTo(Topic.NAME);
    assertThat(refused.partition()).isZero();
    assertThat(refused.offset()).isEqualTo(4);
    assertThat(refused.value()).isEqualTo(bad.value());
    assertThat(refused.headers()).hasSameSizeAs(bad.headers().toArray());
    assertThat(refused(reading)).hasSize(1);
    assertThat(reading.lines("yard")).isEqualTo(undisturbed);
    assertThat(frames(reading, "gate")).isEqualTo(List.of(0L, 1L, 3L));
    var ended = (StreamNotice) last(reading, "gate");
    assertThat(ended.kind()).isEqualTo(StreamNotice.Kind.ENDED);
    assertThat(ended.decoded()).isEqualTo(4);
    assertThat(ended.failed()).isEqualTo(Map.of(refused.stage(), 1L));
    assertThat(refused.failure().seq()).isEqualTo(2);
    assertThat(refused.failure().reason()).isEqualTo(reason);

    // wherever a checkpoint falls near it
    for (int i = 0; reading.states.get(i).nextOffset() < 9; i++) {
      var rest = Reading.of(topic, reading.states.get(i));
      for (var stream : List.of("gate", "yard")) {
        var before =
            reading.emitted.subList(0, reading.emittedBefore.get(i)).stream()
                .filter(record -> record.streamId().equals(stream))
                .count();
        var expected = reading.lines(stream);
        assertThat(rest.lines(stream)).isEqualTo(expected.subList((int) before, expected.size()));
      }
    }
  }

  @Test
  void aRecordWithoutAKeyIsRefusedAndCountedInNoStream() throws Exception {
    var records = Topic.published("gate", "s1", Topic.jpegs(BARS));
    records.set(2, Poison.withKey(records.get(2), null));
    var reading = Reading.of(new Topic().add(records), Reading.START);
    var refused = refused(reading).get(0);
    assertThat(refused.reason())
        .isEqualTo(
            "it has no key, and header vigil-stream is gate: records are keyed by stream, which"
                + " keeps them in order");
    assertThat(refused.failure()).isNull();
    assertThat(((StreamNotice) last(reading, "gate")).failed()).isEmpty();
    assertThat(frames(reading, "gate")).isEqualTo(List.of(0L, 1L, 2L));
  }

  @Test
  void aStreamOfNothingButPoisonHasALedgerToo() throws Exception {
    var records = Topic.published("gate", "s1", Topic.jpegs(BARS));
    records.replaceAll(r -> r.value() == null ? r : Poison.with(r, new byte[0]));
    var reading = Reading.of(new Topic().add(records), Reading.START);
    assertThat(refused(reading)).hasSize(4);
    assertThat(reading.lines("gate")).endsWith("gate s1 ENDED 4 {} {record=4}");
  }

  @Test
  void noTwoFramesOfProducersThatShareAStreamHaveOneEventId() throws Exception {
    var one = Topic.published("gate", "s1", Topic.jpegs(BARS));
    var other = Topic.published("gate", "s2", Topic.jpegs(BARS));
    var reading = Reading.of(new Topic().addInTurns(one, other), Reading.START);
    assertThat(reading.emitted.stream().filter(VideoFrame.class::isInstance))
        .hasSize(one.size() + other.size() - 2)
        .extracting(frame -> frame.session() + " " + ((VideoFrame) frame).seq())
        .doesNotHaveDuplicates();
    assertThat(reading.emitted.stream().filter(StreamNotice.class::isInstance))
        .extracting(notice -> ((StreamNotice) notice).detail())
        .contains(
            "a record of another session came; if two producers share the stream's id, give each"
                + " its own");
  }

  @Test
  void aTextThatUnpacksToALotIsNotUnpacked() throws Exception {
    var records = Topic.published("gate", "s1", Topic.jpegs(BARS));
    var png = Poison.png(64, 64, 500_000_000);
    assertThat(png).hasSizeLessThan(1 << 20);
    var record = Poison.with(records.get(0), png, "vigil-codec", "png", "vigil-size", "64x64");
    var reading = Reading.of(new Topic().add(record), Reading.START);
    assertThat(frames(reading, "gate")).isEqualTo(List.of(0L));
  }

  @Test
  void unitsAfterARefusedOneAreDroppedUpToTheNextKeyFrame() throws Exception {
    var records = Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4"));
    records.set(15, Poison.with(records.get(15), new byte[0]));
    var topic = new Topic().add(records);
    var reading = Reading.of(topic, Reading.START);
    // 12 is a key frame, as 24 is
    var ended = (StreamNotice) last(reading, "gate");
    assertThat(ended.decoded()).isEqualTo(48);
    assertThat(ended.failed()).isEqualTo(Map.of("record", 1L));
    assertThat(ended.dropped()).isEqualTo(Map.of("keyframe", 8L));
    var undamaged = Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4"));
    var whole = Reading.of(new Topic().add(undamaged), Reading.START).lines();
    assertThat(reading.lines())
        .containsAll(whole.subList(0, 1 + 12))
        .containsAll(whole.subList(25, 49));
    for (var state : reading.states) {
      assertThat(reading.lines()).endsWith(Reading.of(topic, state).lines().toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open_gop_h264.mp4", "open_gop_h265.mp4"})
  void picturesThatNeedTheGopBeforeARunAreDroppedAndCounted(String clip) throws Exception {
    var records = Topic.published("gate", "s1", Topic.units(clip));
    var whole = Reading.of(new Topic().add(records), Reading.START).lines();
    records.set(9, Poison.with(records.get(9), new byte[0]));
    var topic = new Topic().add(records);
    var reading = Reading.of(topic, Reading.START);
    var ended = (StreamNotice) last(reading, "gate");
    assertThat(ended.decoded()).isEqualTo(48);
    assertThat(ended.failed()).isEqualTo(Map.of("record", 1L));
    assertThat(ended.dropped().get("keyframe")).isPositive();
    assertThat(frames(reading, "gate"))
        .hasSize((int) (48 - 1 - ended.dropped().get("keyframe")))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(whole).containsAll(pixels(reading, 24));
    for (var state : reading.states) {
      assertThat(reading.lines()).endsWith(Reading.of(topic, state).lines().toArray(String[]::new));
    }
  }

  /** The lines of frames from that on, which are as numbered as if nothing had been lost. */
  private static List<String> pixels(Reading reading, long seq) {
    return reading.lines().stream()
        .filter(line -> line.matches("gate s1 frame \\d+ .*"))
        .filter(line -> Long.parseLong(line.split(" ")[3]) >= seq)
        .toList();
  }

  @Test
  void unitsThatSayTheyAreOfAnotherCodecAreRefused() throws Exception {
    var h264 = Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4"));
    var as265 = Poison.with(h264.get(0), h264.get(0).value(), "vigil-codec", "h265");
    var h265 = Topic.published("yard", "s2", Topic.units("closed_gop_h265.mp4"));
    var as264 = Poison.with(h265.get(0), h265.get(0).value(), "vigil-codec", "h264");
    var reading = Reading.of(new Topic().add(as265).add(as264), Reading.START);
    assertThat(refused(reading)).hasSize(2);
    assertThat(refused(reading).get(0).reason())
        .startsWith("the content is no access unit of h265");
    assertThat(refused(reading).get(1).reason())
        .startsWith("the content is no access unit of h264");
  }

  @Test
  void unitsOfAnotherOrTooLargeASizeAreRefusedBeforeTheyAreDecoded() throws Exception {
    var records = Topic.published("gate", "s1", Topic.units("closed_gop_h264.mp4"));
    var lying = Poison.with(records.get(0), records.get(0).value(), "vigil-size", "320x180");
    assertThat(refused(Reading.of(new Topic().add(lying), Reading.START)).get(0).reason())
        .isEqualTo("header vigil-size is 320x180, and the content is 160x90");
    var topic = new Topic().add(records.get(0));
    var reading = Reading.of(topic, Reading.START, 0, 10_000);
    assertThat(refused(reading).get(0).reason())
        .isEqualTo(
            "the picture would be 160x90, which are 14,400 pixels, and 10,000 are the most"
                + " (frames.max-pixels)");
  }

  private static List<RefusedRecord> refused(Reading reading) {
    return reading.emitted.stream()
        .filter(RefusedRecord.class::isInstance)
        .map(RefusedRecord.class::cast)
        .toList();
  }

  private static List<Long> frames(Reading reading, String stream) {
    return reading.emitted.stream()
        .filter(record -> record.streamId().equals(stream))
        .filter(VideoFrame.class::isInstance)
        .map(record -> ((VideoFrame) record).seq())
        .toList();
  }

  private static Object last(Reading reading, String stream) {
    var all = reading.emitted.stream().filter(record -> record.streamId().equals(stream)).toList();
    return all.get(all.size() - 1);
  }
}
