package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.RefusedRecord;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record with its headers read.
 *
 * @param headers null where a record is refused for them
 */
record FrameRecord(ConsumerRecord<byte[], byte[]> record, FrameHeaders headers) {

  /**
   * @throws RefusedException if it holds nothing, or too much
   */
  void requireValue(FrameLimits limits) throws RefusedException {
    var value = record.value();
    if (value == null || value.length == 0) {
      throw RefusedException.ofRecord("it has 0 bytes, and a frame has more");
    }
    if (value.length > limits.mostBytes()) {
      throw RefusedException.ofRecord(
          "it has %,d bytes, and %,d are the most (frames.max-bytes)"
              .formatted(value.length, limits.mostBytes()));
    }
  }

  long offset() {
    return record.offset();
  }

  byte[] value() {
    return record.value();
  }

  /** When its frame was captured, or if that is not told when it was written. */
  long millis() {
    var capture = headers == null ? null : headers.captureTime();
    return capture == null ? record.timestamp() : capture.epochMillis();
  }

  /**
   * @param failure as it is counted; null if it is not
   */
  RefusedRecord refused(String stream, FrameFailure failure, RefusedException why) {
    var headers = new ArrayList<RefusedRecord.Header>();
    record
        .headers()
        .forEach(header -> headers.add(new RefusedRecord.Header(header.key(), header.value())));
    return new RefusedRecord(
        stream,
        failure == null ? "" : failure.session(),
        failure,
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers,
        why.stage(),
        why.getMessage());
  }
}
