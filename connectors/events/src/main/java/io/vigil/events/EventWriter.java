package io.vigil.events;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.StreamEvent.Ledger;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Writes the fields of an event in their one order. */
final class EventWriter {
  private final JsonGenerator json;

  EventWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Event event) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schema", Event.SCHEMA);
    if (event instanceof FrameEvent frame) {
      writeFrame(frame);
    } else if (event instanceof FailedFrame failed) {
      writeFailedFrame(failed);
    } else if (event instanceof StreamEvent stream) {
      writeStream(stream);
    }
    json.writeEndObject();
  }

  private void writeFrame(FrameEvent event) throws IOException {
    writeIdentity("frame", event);
    writePlace(event.seq(), event.pts(), event.timeBase());
    writeCaptureTime(event.captureTime());
    json.writeNumberField("width", event.width());
    json.writeNumberField("height", event.height());
    json.writeArrayFieldStart("detections");
    for (var detection : event.detections()) {
      writeDetection(detection);
    }
    json.writeEndArray();
    writeModel(event.model());
  }

  private void writeFailedFrame(FailedFrame event) throws IOException {
    writeIdentity("failed_frame", event);
    writePlace(event.seq(), event.pts(), event.timeBase());
    json.writeStringField("stage", event.stage());
    json.writeStringField("reason", event.reason());
  }

  private void writeStream(StreamEvent event) throws IOException {
    writeIdentity("stream", event);
    json.writeStringField("event", event.kind().name().toLowerCase(Locale.ROOT));
    writeLedger(event.ledger());
    json.writeStringField("detail", event.detail());
    if (event.gap() != null) {
      writeGap(event.gap());
    }
  }

  private void writeGap(StreamEvent.Gap gap) throws IOException {
    json.writeObjectFieldStart("gap");
    json.writeNumberField("from", gap.from());
    json.writeNumberField("to", gap.to());
    json.writeNumberField("frames", gap.frames());
    json.writeEndObject();
  }

  private void writeIdentity(String kind, Event event) throws IOException {
    json.writeStringField("kind", kind);
    json.writeStringField("event_id", event.eventId());
    json.writeStringField("stream_id", event.streamId());
    json.writeStringField("session", event.session());
  }

  private void writePlace(long seq, long pts, FrameEvent.TimeBase timeBase) throws IOException {
    json.writeNumberField("seq", seq);
    json.writeNumberField("pts", pts);
    json.writeObjectFieldStart("time_base");
    json.writeNumberField("numerator", timeBase.numerator());
    json.writeNumberField("denominator", timeBase.denominator());
    json.writeEndObject();
  }

  private void writeCaptureTime(FrameEvent.CaptureTime time) throws IOException {
    if (time == null) {
      json.writeNullField("capture_time");
      return;
    }
    json.writeObjectFieldStart("capture_time");
    json.writeNumberField("epoch_millis", time.epochMillis());
    json.writeStringField("clock", time.clock());
    json.writeEndObject();
  }

  private void writeDetection(DetectedObject detection) throws IOException {
    json.writeStartObject();
    json.writeNumberField("class_id", detection.classId());
    json.writeStringField("class", detection.className());
    json.writeFieldName("score");
    json.writeNumber(Decimals.format("score", detection.score(), 4));
    json.writeArrayFieldStart("box");
    json.writeNumber(Decimals.format("box x1", detection.x1(), 1));
    json.writeNumber(Decimals.format("box y1", detection.y1(), 1));
    json.writeNumber(Decimals.format("box x2", detection.x2(), 1));
    json.writeNumber(Decimals.format("box y2", detection.y2(), 1));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeModel(FrameEvent.ModelRef model) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("name", model.name());
    json.writeStringField("digest", model.digest());
    json.writeStringField("domain", model.domain());
    json.writeEndObject();
  }

  private void writeLedger(Ledger ledger) throws IOException {
    json.writeObjectFieldStart("ledger");
    json.writeNumberField("decoded", ledger.decoded());
    json.writeNumberField("detected", ledger.detected());
    writeCounts("dropped", ledger.dropped());
    writeCounts("failed", ledger.failed());
    json.writeEndObject();
  }

  private void writeCounts(String name, Map<String, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (var count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }
}
