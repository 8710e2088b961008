package io.vigil.connectors.frames;

import io.vigil.connectors.frames.publish.FrameRecords;
import io.vigil.connectors.frames.publish.Frames;
import io.vigil.connectors.video.decode.ReadInterrupt;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoUnits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** A partition's records, without a broker. */
public final class Topic {

  public static final String NAME = "frames";

  private static final Path CLIPS = Path.of("..", "..", "test-videos", "variants");

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  public static Path clip(String name) {
    return CLIPS.resolve(name);
  }

  /** The records that a clip is published as, its end too. */
  public static List<ProducerRecord<byte[], byte[]>> published(
      String stream, String session, Frames frames) throws Exception {
    var published = new ArrayList<ProducerRecord<byte[], byte[]>>();
    try (frames) {
      var records = new FrameRecords(NAME, stream, session);
      while (frames.next()) {
        published.add(records.of(frames, null));
      }
      published.add(records.end());
    }
    return published;
  }

  public static Frames units(String clip) throws Exception {
    return Frames.asTheyAre(VideoUnits.open(clip(clip), new ReadInterrupt()));
  }

  public static Frames jpegs(String clip) throws Exception {
    return Frames.asJpeg(VideoDecoder.open(clip(clip), 1), 0.9f);
  }

  public Topic add(ProducerRecord<byte[], byte[]> record) {
    int bytes = record.value() == null ? -1 : record.value().length;
    records.add(
        new ConsumerRecord<>(
            record.topic(),
            0,
            records.size(),
            1000L * records.size(),
            TimestampType.CREATE_TIME,
            record.key() == null ? -1 : record.key().length,
            bytes,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty()));
    return this;
  }

  public Topic add(List<ProducerRecord<byte[], byte[]>> published) {
    published.forEach(this::add);
    return this;
  }

  /** Two streams' records in turns. */
  public Topic addInTurns(
      List<ProducerRecord<byte[], byte[]>> one, List<ProducerRecord<byte[], byte[]>> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      if (i < one.size()) {
        add(one.get(i));
      }
      if (i < other.size()) {
        add(other.get(i));
      }
    }
    return this;
  }

  public List<ConsumerRecord<byte[], byte[]>> records() {
    return records;
  }
}
