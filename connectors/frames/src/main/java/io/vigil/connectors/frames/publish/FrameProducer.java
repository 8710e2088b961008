package io.vigil.connectors.frames.publish;

import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.KafkaConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records of frames, in order and each once as long as this process lives. The first failure
 * is thrown at the next call.
 */
public final class FrameProducer implements AutoCloseable {

  /** For what a producer adds to a record. */
  private static final int SLACK_BYTES = 1 << 16;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * @param mostBytes of a record
   */
  public FrameProducer(KafkaConnection connection, int mostBytes) {
    var own = new HashMap<String, String>(EventSink.GUARANTEES);
    own.putAll(
        Map.of(
            "linger.ms", "5",
            "max.request.size", Integer.toString(mostBytes + SLACK_BYTES),
            "buffer.memory", Long.toString(Math.max(32L << 20, 2L * mostBytes))));
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(connection.properties(own), bytes, bytes);
  }

  /**
   * @throws KafkaException if a record could not be written, this one or one before
   */
  public void send(ProducerRecord<byte[], byte[]> record) {
    requireSound();
    producer.send(
        record,
        (written, refusal) -> {
          if (refusal != null) {
            failure.compareAndSet(null, refusal);
          }
        });
  }

  /**
   * Waits until all is written.
   *
   * @throws KafkaException if a record could not be
   */
  public void flush() {
    producer.flush();
    requireSound();
  }

  private void requireSound() {
    var refusal = failure.get();
    if (refusal != null) {
      throw new KafkaException("a record could not be written: " + refusal.getMessage(), refusal);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
