package io.vigil.connectors.frames.publish;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.decode.VideoException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * One session of a stream on its way into a topic.
 *
 * @param live whether frames carry the time of their capture
 * @param paced whether they are sent at the pace at which they were taken, or as fast as they come
 * @param mostBytes that the topic takes in a record
 * @param stopped asked between frames
 * @param progress is told how many frames were sent
 */
public record Publication(
    FrameProducer producer,
    FrameRecords records,
    boolean live,
    boolean paced,
    long mostBytes,
    BooleanSupplier stopped,
    LongConsumer progress) {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** What Kafka adds to a value: key, headers, and its own framing. */
  private static final int FRAMING_BYTES = 2048;

  /**
   * Sends frames until there are no more, or it is stopped; then tells the end of the session,
   * however it came, and waits until all is written.
   *
   * @return how many frames
   * @throws VideoException if the video cannot be read on; what was read is written
   */
  public long run(Frames frames) throws VideoException {
    long sent = 0;
    try {
      long start = System.nanoTime();
      double firstSeconds = Double.NaN;
      while (!stopped.getAsBoolean() && frames.next()) {
        firstSeconds = sent == 0 ? frames.sendSeconds() : firstSeconds;
        if (paced) {
          await(start + Math.round((frames.sendSeconds() - firstSeconds) * 1e9));
        }
        send(frames, sent);
        progress.accept(++sent);
      }
    } finally {
      if (sent > 0) {
        producer.send(records.end());
      }
      producer.flush();
    }
    return sent;
  }

  private void send(Frames frames, long number) throws VideoException {
    var record = records.of(frames, captureTime(frames));
    int bytes = record.value().length;
    if (bytes + FRAMING_BYTES > mostBytes) {
      throw new VideoException(
          "frame %d has %,d bytes, and the topic takes records of %,d (max.message.bytes); raise that, or publish smaller frames"
              .formatted(number, bytes, mostBytes));
    }
    producer.send(record);
  }

  private CaptureTime captureTime(Frames frames) {
    if (!live) {
      return null;
    }
    var sender = frames.senderEpochMillis();
    return sender.isPresent()
        ? new CaptureTime(sender.getAsLong(), CaptureTime.RTCP)
        : new CaptureTime(System.currentTimeMillis(), CaptureTime.INGEST);
  }

  private void await(long moment) {
    long left = moment - System.nanoTime();
    while (left > 0 && !stopped.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      left = moment - System.nanoTime();
    }
  }
}
