package io.vigil.connectors.frames.suite;

import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.source.FramesSource;
import io.vigil.connectors.frames.source.StartAt;
import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of frames, a partition a split, with a stream of tiny pictures in each. */
final class FramesContext implements DataStreamSourceExternalContext<String> {
  private static final int RECORDS = 60;

  private final KafkaConnection connection;
  private final String topic = "suite-" + UUID.randomUUID();
  private int partitions;

  FramesContext(KafkaConnection connection) {
    this.connection = connection;
  }

  @Override
  public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
    var source =
        FramesSource.of(
            connection,
            topic,
            StartAt.EARLIEST,
            FrameLimits.USUAL,
            new LetterboxSettings(128, 128, false, Fill.BLACK));
    boolean bounded = settings.getBoundedness() == Boundedness.BOUNDED;
    return new TextSource<>(bounded ? source.untilNow() : source);
  }

  @Override
  public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
      TestingSourceSettings settings) {
    int partition = partitions++;
    if (partition == 0) {
      KafkaChecks.of(connection, new AtLeastOnce())
          .writingLarge(topic, 1 << 20)
          .createTopics(1, 1)
          .within(Duration.ofSeconds(60))
          .run();
    } else {
      addPartition();
    }
    return new Writer(connection, topic, partition);
  }

  private void addPartition() {
    try (var admin = Admin.create(connection.properties(Map.of()))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> generateTestData(TestingSourceSettings settings, int split, long seed) {
    return new Random(seed)
        .longs(RECORDS)
        .mapToObj(pts -> TextSource.text("stream-" + split, pts))
        .toList();
  }

  @Override
  public TypeInformation<String> getProducedType() {
    return Types.STRING;
  }

  @Override
  public List<URL> getConnectorJarPaths() {
    return List.of();
  }

  @Override
  public void close() {
    // The topic goes with the broker.
  }

  @Override
  public String toString() {
    return "frames on Kafka";
  }

  private record Writer(KafkaProducer<byte[], byte[]> producer, String topic, int partition)
      implements ExternalSystemSplitDataWriter<String> {

    Writer(KafkaConnection connection, String topic, int partition) {
      this(
          new KafkaProducer<>(
              connection.properties(Map.of()),
              new ByteArraySerializer(),
              new ByteArraySerializer()),
          topic,
          partition);
    }

    @Override
    public void writeRecords(List<String> texts) {
      texts.forEach(text -> producer.send(record(text)));
      producer.flush();
    }

    private ProducerRecord<byte[], byte[]> record(String text) {
      var parts = text.split(" at ");
      var record = new ProducerRecord<>(topic, partition, bytes(parts[0]), new byte[2 * 2 * 3]);
      Map.of(
              FrameHeaders.STREAM, parts[0],
              FrameHeaders.CODEC, "raw",
              FrameHeaders.PIXEL_FORMAT, "rgb24",
              FrameHeaders.SIZE, "2x2",
              FrameHeaders.PTS, parts[1])
          .forEach((name, value) -> record.headers().add(name, bytes(value)));
      return record;
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      producer.close();
    }
  }
}
