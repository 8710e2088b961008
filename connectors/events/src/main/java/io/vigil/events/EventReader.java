package io.vigil.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.events.FrameEvent.CaptureTime;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.FrameEvent.ModelRef;
import io.vigil.events.FrameEvent.TimeBase;
import io.vigil.events.StreamEvent.Ledger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads an event from its JSON; fields that this version does not know are passed over. */
final class EventReader {
  private EventReader() {}

  static Event read(JsonNode json) {
    if (!json.isObject()) {
      throw new MalformedEventException(
          "Event: a JSON object was expected, but this is " + nameOf(json));
    }
    var fields = new Fields(json);
    requireSchema(fields);
    var kind = fields.text("kind");
    fields.refuseProblems("Event");
    return switch (kind) {
      case "frame" -> frame(fields);
      case "failed_frame" -> failedFrame(fields);
      case "stream" -> stream(fields);
      default ->
          throw new MalformedEventException(
              "Event: kind is \"" + kind + "\", known: frame, failed_frame, stream");
    };
  }

  private static void requireSchema(Fields fields) {
    long schema = fields.integer("schema");
    fields.refuseProblems("Event");
    if (schema > Event.SCHEMA) {
      throw new MalformedEventException(
          "Event: written in schema "
              + schema
              + ", but this reader knows no later one than "
              + Event.SCHEMA
              + "; use a later vigil-events");
    }
    if (schema < 1) {
      throw new MalformedEventException("Event: schema is " + schema + ", the first was 1");
    }
  }

  private static FrameEvent frame(Fields fields) {
    var event =
        new FrameEvent(
            fields.text("event_id"),
            fields.text("stream_id"),
            fields.text("session"),
            fields.integer("seq"),
            fields.integer("pts"),
            timeBase(fields),
            fields.isNull("capture_time") ? null : captureTime(fields.object("capture_time")),
            fields.smallInteger("width"),
            fields.smallInteger("height"),
            fields.objects("detections").stream().map(EventReader::detection).toList(),
            model(fields.object("model")));
    fields.refuseProblems("Event of kind frame");
    return event;
  }

  private static FailedFrame failedFrame(Fields fields) {
    var event =
        new FailedFrame(
            fields.text("event_id"),
            fields.text("stream_id"),
            fields.text("session"),
            fields.integer("seq"),
            fields.integer("pts"),
            timeBase(fields),
            fields.text("stage"),
            fields.text("reason"));
    fields.refuseProblems("Event of kind failed_frame");
    return event;
  }

  private static StreamEvent stream(Fields fields) {
    var name = fields.text("event");
    Optional<StreamEvent.Kind> kind =
        Arrays.stream(StreamEvent.Kind.values())
            .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(name))
            .findFirst();
    var known = Arrays.toString(StreamEvent.Kind.values()).toLowerCase(Locale.ROOT);
    fields.require(kind.isPresent(), "event", "one of " + known);
    var event =
        new StreamEvent(
            fields.text("event_id"),
            fields.text("stream_id"),
            fields.text("session"),
            kind.orElse(null),
            ledger(fields.object("ledger")),
            fields.text("detail"),
            name.equals("gap") ? gap(fields.object("gap")) : null);
    fields.refuseProblems("Event of kind stream");
    return event;
  }

  private static StreamEvent.Gap gap(Fields fields) {
    return new StreamEvent.Gap(
        fields.integer("from"), fields.integer("to"), fields.integer("frames"));
  }

  private static TimeBase timeBase(Fields fields) {
    var timeBase = fields.object("time_base");
    return new TimeBase(timeBase.smallInteger("numerator"), timeBase.smallInteger("denominator"));
  }

  private static CaptureTime captureTime(Fields fields) {
    return new CaptureTime(fields.integer("epoch_millis"), fields.text("clock"));
  }

  private static DetectedObject detection(Fields fields) {
    var box = fields.numbers("box", 4);
    return new DetectedObject(
        fields.smallInteger("class_id"),
        fields.text("class"),
        fields.number("score"),
        box[0],
        box[1],
        box[2],
        box[3]);
  }

  private static ModelRef model(Fields fields) {
    return new ModelRef(fields.text("name"), fields.text("digest"), fields.text("domain"));
  }

  private static Ledger ledger(Fields fields) {
    return new Ledger(
        fields.integer("decoded"),
        fields.integer("detected"),
        fields.counts("dropped"),
        fields.counts("failed"));
  }

  private static String nameOf(JsonNode json) {
    return json.isMissingNode() ? "empty" : json.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
