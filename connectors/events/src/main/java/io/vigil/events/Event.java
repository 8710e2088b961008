package io.vigil.events;

/** A record that Vigil writes to Kafka; its key is the stream id. */
public sealed interface Event permits FrameEvent, FailedFrame, StreamEvent {

  /** Version of the schema that the record is written in. */
  int SCHEMA = 1;

  /** The same for the same stream, session, frame, model and settings; hex. */
  String eventId();

  String streamId();

  String session();
}
