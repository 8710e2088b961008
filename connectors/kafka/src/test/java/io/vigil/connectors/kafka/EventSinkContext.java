package io.vigil.connectors.kafka;

import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.FrameEvent;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics of events, which the suite knows by texts: the stream and the seq of each. */
final class EventSinkContext implements DataStreamSinkV2ExternalContext<String> {
  private static final int EVENTS = 200;
  private static final Duration WAIT = Duration.ofMillis(100);

  private final KafkaConnection connection;
  private final String name = "suite-" + UUID.randomUUID();
  private final EventTopics topics = EventTopics.named(name);

  EventSinkContext(KafkaConnection connection) {
    this.connection = connection;
  }

  @Override
  public Sink<String> createSink(TestingSinkSettings settings) {
    var facts =
        KafkaChecks.of(connection, topics, delivery(settings))
            .createTopics(4, 1)
            .within(Duration.ofSeconds(60))
            .run();
    return EventSink.of(connection, new Texts(topics), facts.delivery(), ":", Map.of());
  }

  @SuppressWarnings("deprecation") // the suite's own settings name the older type
  private Delivery delivery(TestingSinkSettings settings) {
    return settings.getCheckpointingMode().name().equals(CheckpointingMode.EXACTLY_ONCE.name())
        ? new Delivery.ExactlyOnce(name)
        : new Delivery.AtLeastOnce();
  }

  @Override
  public ExternalSystemDataReader<String> createSinkDataReader(TestingSinkSettings settings) {
    return new Reader(CommittedEvents.of(connection, topics.frames()));
  }

  @Override
  public List<String> generateTestData(TestingSinkSettings settings, long seed) {
    return new Random(seed)
        .ints(EVENTS, 0, 4)
        .mapToObj(stream -> "stream-" + stream + " " + UUID.randomUUID().getMostSignificantBits())
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
    // The topics go with the broker.
  }

  @Override
  public String toString() {
    return "events on Kafka";
  }

  /** The events' own records, made of texts. */
  private static final class Texts
      implements KafkaRecordSerializationSchema<String>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    private final EventRecords records;

    Texts(EventTopics topics) {
      records = new EventRecords(topics);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        String text, KafkaSinkContext context, Long timestamp) {
      var parts = text.split(" ");
      var event = TestEvents.frame(parts[0], 0);
      return records.serialize(withPts(event, Long.parseLong(parts[1])), context, timestamp);
    }

    private static FrameEvent withPts(FrameEvent event, long pts) {
      return new FrameEvent(
          event.eventId(),
          event.streamId(),
          event.session(),
          event.seq(),
          pts,
          event.timeBase(),
          event.captureTime(),
          event.width(),
          event.height(),
          event.detections(),
          event.model());
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
      return records.getKafkaDatasetFacet();
    }
  }

  private static final class Reader implements ExternalSystemDataReader<String> {
    private final CommittedEvents events;
    private Map<Integer, Long> next = Map.of();

    Reader(CommittedEvents events) {
      this.events = events;
    }

    @Override
    public List<String> poll(Duration timeout) {
      var texts = new ArrayList<String>();
      next =
          events.read(
              next,
              event -> {
                var frame = (FrameEvent) event.event();
                texts.add(frame.streamId() + " " + frame.pts());
              });
      if (texts.isEmpty()) {
        LockSupport.parkNanos(WAIT.toNanos());
      }
      return texts;
    }

    @Override
    public void close() {
      events.close();
    }
  }
}
