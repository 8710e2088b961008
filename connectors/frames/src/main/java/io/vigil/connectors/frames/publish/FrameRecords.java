package io.vigil.connectors.frames.publish;

import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.decode.VideoException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of one session of a stream, as {@link FrameHeaders} describes them. */
public final class FrameRecords {

  private final String topic;
  private final String stream;
  private final String session;
  private boolean started;

  /**
   * @param session id that tells it from the stream's others
   */
  public FrameRecords(String topic, String stream, String session) {
    this.topic = topic;
    this.stream = stream;
    this.session = session;
  }

  /**
   * @param captureTime null if it is not known
   */
  public ProducerRecord<byte[], byte[]> of(Frames frames, CaptureTime captureTime)
      throws VideoException {
    var record = record(frames.value());
    if (!started) {
      add(record, FrameHeaders.START, "true");
      started = true;
    }
    var timeBase = frames.timeBase();
    add(record, FrameHeaders.CODEC, frames.codec().label());
    add(record, FrameHeaders.PTS, Long.toString(frames.pts()));
    add(record, FrameHeaders.TIME_BASE, timeBase.numerator() + "/" + timeBase.denominator());
    add(record, FrameHeaders.SIZE, frames.width() + "x" + frames.height());
    if (captureTime != null) {
      add(record, FrameHeaders.CAPTURE_TIME, Long.toString(captureTime.epochMillis()));
      add(record, FrameHeaders.CAPTURE_CLOCK, captureTime.clock());
    }
    return record;
  }

  /** Tells that the session is over. */
  public ProducerRecord<byte[], byte[]> end() {
    var record = record(null);
    add(record, FrameHeaders.END, "true");
    return record;
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value) {
    var record = new ProducerRecord<>(topic, bytes(stream), value);
    add(record, FrameHeaders.STREAM, stream);
    add(record, FrameHeaders.SESSION, session);
    return record;
  }

  private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
