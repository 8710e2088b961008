package io.vigil.events;

import static io.vigil.events.Samples.detection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.events.FrameEvent.CaptureTime;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

  @Test
  void aFrameEventIsTheseBytes() {
    var event = Samples.frame(null, detection(0.98765, 0, 1.04, 1234.56, 1080));
    assertThat(text(event))
        .isEqualTo(
            """
            {"schema":1,"kind":"frame","event_id":"0123456789abcdef0123456789abcdef",\
            "stream_id":"gate \\"3\\" é","session":"s1","seq":7,"pts":21000,\
            "time_base":{"numerator":1,"denominator":90000},"capture_time":null,\
            "width":1920,"height":1080,"detections":[{"class_id":3,"class":"car",\
            "score":0.9877,"box":[0.0,1.0,1234.6,1080.0]}],\
            "model":{"name":"efficientdet-d0","digest":"%s","domain":"coco"}}"""
                .formatted("ab".repeat(32)));
  }

  @Test
  void aCamerasFrameHasItsCaptureTime() {
    assertThat(text(Samples.frame(new CaptureTime(1_700_000_000_123L, "rtcp"))))
        .contains("\"capture_time\":{\"epoch_millis\":1700000000123,\"clock\":\"rtcp\"}")
        .contains("\"detections\":[]");
  }

  @Test
  void aFailedFrameIsTheseBytes() {
    assertThat(text(Samples.failedFrame()))
        .isEqualTo(
            """
            {"schema":1,"kind":"failed_frame","event_id":"0123456789abcdef0123456789abcdef",\
            "stream_id":"gate","session":"s1","seq":8,"pts":24000,\
            "time_base":{"numerator":1,"denominator":90000},\
            "stage":"letterbox","reason":"no such matrix"}""");
  }

  @Test
  void aStreamEventIsTheseBytes() {
    assertThat(text(Samples.stream(StreamEvent.Kind.ENDED)))
        .isEqualTo(
            """
            {"schema":1,"kind":"stream","event_id":"0123456789abcdef0123456789abcdef",\
            "stream_id":"gate","session":"s1","event":"ended","ledger":{"decoded":10,\
            "detected":6,"dropped":{"range":1,"sampling":2},"failed":{"letterbox":1}},\
            "detail":""}""");
  }

  @Test
  void aGapIsTheseBytes() {
    assertThat(text(Samples.gap()))
        .isEqualTo(
            """
            {"schema":1,"kind":"stream","event_id":"0123456789abcdef0123456789abcdef",\
            "stream_id":"gate","session":"s1","event":"gap","ledger":{"decoded":0,\
            "detected":0,"dropped":{},"failed":{}},\
            "detail":"","gap":{"from":1790000000000,"to":1790000002000,"frames":49}}""");
  }

  static Stream<Event> everyKind() {
    return Stream.of(
        Samples.frame(null, detection(0.5, 1, 2, 3, 4), detection(1, 0, 0, 10.5, 20.5)),
        Samples.frame(new CaptureTime(1, "ingest")),
        Samples.failedFrame(),
        Samples.stream(StreamEvent.Kind.CONNECTED),
        Samples.stream(StreamEvent.Kind.ENDED),
        Samples.stream(StreamEvent.Kind.FAILED),
        Samples.stream(StreamEvent.Kind.STALLED),
        Samples.stream(StreamEvent.Kind.RECONNECTED),
        Samples.stream(StreamEvent.Kind.REFUSED),
        Samples.gap());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whatIsWrittenIsRead(Event event) {
    var read = EventJson.read(EventJson.write(event));
    assertThat(read).isEqualTo(event);
    assertThat(EventJson.write(read)).isEqualTo(EventJson.write(event));
  }

  /** Rounded half up; never an exponent, a comma or a negative zero. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.0000, 0.0",
    "1, 1.0000, 1.0",
    "0.00005, 0.0001, 0.0",
    "0.00004999, 0.0000, 0.0",
    "1e-9, 0.0000, 0.0",
    "-0.0, 0.0000, 0.0",
    "-1e-9, 0.0000, 0.0",
    "-0.25, -0.2500, -0.2",
    "0.99999, 1.0000, 1.0",
    "12345678.94, 12345678.9400, 12345678.9"
  })
  void numbersHaveAFixedCountOfDecimals(double value, String four, String one) {
    var before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(Decimals.format("score", value, 4)).isEqualTo(four);
      assertThat(Decimals.format("box x1", value, 1)).isEqualTo(one);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void refusesToWriteWhatIsNoNumber(double value) {
    var event = Samples.frame(null, detection(0.5, 1, value, 3, 4));
    assertThatThrownBy(() -> EventJson.write(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Event: box y1 is %s, which is no number that an event can hold", value);
  }

  @Test
  void passesOverFieldsOfALaterVersion() {
    var event = Samples.frame(null, detection(0.5, 1, 2, 3, 4));
    var later =
        text(event)
            .replace("\"kind\":", "\"zone\":{\"a\":[1]},\"kind\":")
            .replace("\"score\":", "\"track\":9,\"score\":");
    assertThat(EventJson.read(later)).isEqualTo(event);
  }

  @Test
  void refusesALaterSchema() {
    var later = text(Samples.failedFrame()).replace("\"schema\":1", "\"schema\":2");
    assertThatThrownBy(() -> EventJson.read(later))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(
            "Event: written in schema 2, but this reader knows no later one than 1;"
                + " use a later vigil-events");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|Event: a JSON object was expected, but this is empty",
        "[1]|Event: a JSON object was expected, but this is array",
        "{}|Event: schema must be an integer and is missing",
        "{\"schema\":0}|Event: schema is 0, the first was 1",
        "{\"schema\":1,\"kind\":\"zoo\"}|Event: kind is \"zoo\", known: frame, failed_frame, stream"
      })
  void refusesWhatIsNoEvent(String json, String message) {
    assertThatThrownBy(() -> EventJson.read(json))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"schema\":1", "garbage", "{} {}", "\u0000\u0001"})
  void refusesWhatIsNoJson(String json) {
    assertThatThrownBy(() -> EventJson.read(json))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageStartingWith("Event: this is no JSON: ");
  }

  @Test
  void tellsEveryWrongFieldAtOnce() {
    var broken =
        text(Samples.frame(null, detection(0.5, 1, 2, 3, 4)))
            .replace("\"seq\":7,", "")
            .replace("\"width\":1920", "\"width\":99999999999")
            .replace("\"score\":0.5000", "\"score\":\"high\"")
            .replace("[1.0,2.0,3.0,4.0]", "[1.0,null,3.0,4.0]");
    assertThatThrownBy(() -> EventJson.read(broken))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(
            "Event of kind frame: seq must be an integer and is missing; width must be an integer of"
                + " 32 bits; detections[0].box[1] must be a number; detections[0].score must be a"
                + " number");
  }

  private static String text(Event event) {
    return new String(EventJson.write(event), StandardCharsets.UTF_8);
  }
}
