package io.vigil.pipeline.job;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.events.Event;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where what a job makes goes.
 *
 * @param deadLetters of records from which no frame can be made; empty unless frames are read from
 *     a topic
 */
public record JobSinks(Sink<Event> events, Optional<Sink<VideoRecord>> deadLetters) {

  /** Of a job that reads files or cameras. */
  public static JobSinks of(Sink<Event> events) {
    return new JobSinks(events, Optional.empty());
  }
}
