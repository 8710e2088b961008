package io.vigil.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvent;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.Event;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EventSinkTest {

  private static final int FRAMES = 500;
  private static final int PER_CHECKPOINT = 200;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static EmbeddedBroker broker;
  private static KafkaConnection connection;

  /** Sends nothing on its own within the test: what arrives was flushed by a checkpoint. */
  private static KafkaConnection patient;

  @BeforeAll
  static void startBroker(@TempDir Path folder) {
    broker = EmbeddedBroker.at(folder).start();
    connection = KafkaConnection.to(broker.bootstrapServers());
    patient = new KafkaConnection(broker.bootstrapServers(), Map.of("linger.ms", "60000"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void writesEachEventOnceInOrderThoughTheJobFails() throws Exception {
    run("once", new Delivery.ExactlyOnce("once"), new FailsOnce(3));
    var sequences = sequences("once");
    assertThat(sequences.get("door")).isEqualTo(TestEvents.sequence(FRAMES));
    assertThat(sequences.get("yard")).isEqualTo(TestEvents.sequence(FRAMES));
  }

  @Test
  void losesNothingThoughTheJobFailsAndRepeatsTheSameBytes() throws Exception {
    run("least", new Delivery.AtLeastOnce(), new FailsOnce(3));
    var sequences = sequences("least");
    assertThat(sequences.get("door")).containsAll(TestEvents.sequence(FRAMES));
    assertThat(sequences.get("yard")).containsAll(TestEvents.sequence(FRAMES));
    assertThat(sequences.get("door")).as("what a failure repeats").hasSizeGreaterThan(FRAMES);
    for (var event : committed("least")) {
      assertThat(event.value()).isEqualTo(EventJson.write(event.event()));
    }
  }

  @Test
  void commitsTheLastTransactionWhenBoundedInputEndsBeforeAnyCheckpoint() throws Exception {
    run("bounded", new Delivery.ExactlyOnce("bounded"), new FailsOnce(Long.MAX_VALUE));
    assertThat(committed("bounded")).hasSize(2 * FRAMES);
  }

  @Test
  void aJobLeavesNoClientsThreadBehindWhichWouldHoldItsClasses() throws Exception {
    run("closed", new Delivery.ExactlyOnce("closed"), new FailsOnce(3));
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("kafka-admin-client-thread | adminclient")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static void run(String topic, Delivery delivery, FailsOnce failure) throws Exception {
    var topics = EventTopics.named(topic);
    var facts = KafkaChecks.of(patient, topics, delivery).createTopics(2, 1).run();
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(restarting());
    environment.setParallelism(2);
    // Of the last checkpoint that Flink takes when all data has ended, one subtask may decline its
    // part because it is closing; then it is the next interval's that commits.
    environment.enableCheckpointing(topic.equals("bounded") ? 5_000 : 50);
    var events = TypeInformation.of(Event.class);
    environment
        .fromSource(
            source(topic.equals("bounded"), events), WatermarkStrategy.noWatermarks(), "frames")
        .map(failure)
        .returns(events)
        .sinkTo(EventSink.of(patient, topics, facts.delivery()));
    environment.execute();
  }

  private static DataGeneratorSource<Event> source(
      boolean unlimited, TypeInformation<Event> events) {
    var pace =
        unlimited ? RateLimiterStrategy.noOp() : RateLimiterStrategy.perCheckpoint(PER_CHECKPOINT);
    return new DataGeneratorSource<>(
        index -> TestEvents.frame(index < FRAMES ? "door" : "yard", index % FRAMES),
        2 * FRAMES,
        pace,
        events);
  }

  private static Configuration restarting() {
    var configuration = new Configuration();
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "4");
    configuration.setString("restart-strategy.fixed-delay.delay", "0 s");
    return configuration;
  }

  private static Map<String, List<Long>> sequences(String topic) {
    return committed(topic).stream()
        .map(event -> (FrameEvent) event.event())
        .collect(
            Collectors.groupingBy(
                FrameEvent::streamId, Collectors.mapping(FrameEvent::seq, Collectors.toList())));
  }

  private static List<CommittedEvent> committed(String topic) {
    var events = new ArrayList<CommittedEvent>();
    try (var reader = CommittedEvents.of(connection, topic)) {
      reader.readAll(events::add);
    }
    return events;
  }
}
