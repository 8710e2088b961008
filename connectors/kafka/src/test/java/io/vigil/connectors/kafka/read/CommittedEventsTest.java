package io.vigil.connectors.kafka.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.TestEvents;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.read.EventProgress.Counts;
import io.vigil.events.Event;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedEventsTest {

  private static EmbeddedBroker broker;
  private static KafkaConnection connection;

  @BeforeAll
  static void startBroker(@TempDir Path folder) {
    broker = EmbeddedBroker.at(folder).start();
    connection = KafkaConnection.to(broker.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void readsPartitionAfterPartitionWhatIsCommittedAndNothingElse() throws Exception {
    create("mixed", 2);
    try (var producer = transactional("mixed")) {
      send(producer, "mixed", 1, frames("yard", 0, 2));
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, "mixed", 0, frames("door", 100, 103));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, "mixed", 0, frames("door", 0, 3));
      producer.commitTransaction();
    }
    assertThat(read("mixed", Map.of()))
        .extracting(FrameEvent::eventId)
        .containsExactly("fdoor0", "fdoor1", "fdoor2", "fyard0", "fyard1");
  }

  @Test
  void goesOnWhereAnEarlierReadingEnded() throws Exception {
    create("resumed", 1);
    try (var producer = transactional("resumed")) {
      send(producer, "resumed", 0, frames("door", 0, 2));
      producer.commitTransaction();
      try (var events = CommittedEvents.of(connection, "resumed")) {
        var end = events.readAll(event -> {});
        producer.beginTransaction();
        send(producer, "resumed", 0, frames("door", 2, 4));
        producer.commitTransaction();
        assertThat(read("resumed", end)).extracting(FrameEvent::seq).containsExactly(2L, 3L);
      }
    }
  }

  @Test
  void handsOverTheBytesAsTheyAreOnTheTopic() throws Exception {
    create("bytes", 1);
    var frame = TestEvents.frame("door", 2);
    try (var producer = transactional("bytes")) {
      send(producer, "bytes", 0, List.of(frame));
      producer.commitTransaction();
    }
    var read = new ArrayList<CommittedEvent>();
    try (var events = CommittedEvents.of(connection, "bytes")) {
      events.readAll(read::add);
    }
    assertThat(read).hasSize(1);
    assertThat(read.get(0).value()).isEqualTo(EventJson.write(frame));
    assertThat(read.get(0).event()).isEqualTo(frame);
  }

  @Test
  void tellsThatATransactionIsStillOpen() throws Exception {
    create("open", 1);
    try (var producer = transactional("open");
        var events = CommittedEvents.of(connection, "open")) {
      send(producer, "open", 0, frames("door", 0, 1));
      producer.flush();
      assertThatThrownBy(() -> events.awaitNoOpenTransaction(Duration.ZERO))
          .isInstanceOf(TimeoutException.class)
          .hasMessage(
              "topic 'open' still has an open transaction after 0 s; the broker aborts it when its transaction.timeout.ms is over");
      producer.commitTransaction();
      events.awaitNoOpenTransaction(Duration.ofSeconds(30));
      assertThat(read("open", Map.of())).hasSize(1);
    }
  }

  @Test
  void tellsWhichRecordIsNotAnEvent() throws Exception {
    create("foreign", 1);
    try (var producer = transactional("foreign")) {
      producer.send(new ProducerRecord<>("foreign", 0, null, "hello".getBytes(UTF_8)));
      producer.commitTransaction();
    }
    assertThatThrownBy(() -> read("foreign", Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("topic 'foreign', partition 0, offset 0: not an event of Vigil (")
        .hasMessageEndingWith("; use a topic that only Vigil writes to");
  }

  @Test
  void showsProgressBeforeTheCommitAndCountsARepeatedFrameOnce() throws Exception {
    create("progress", 1);
    try (var producer = transactional("progress");
        var progress = EventProgress.from(connection, List.of("progress"), Map.of())) {
      send(producer, "progress", 0, frames("door", 0, 5));
      send(producer, "progress", 0, frames("door", 3, 6));
      send(producer, "progress", 0, frames("yard", 0, 2));
      producer.flush();
      // frames 0 to 5 have 0, 1, 2, 0, 1, 2 detections, frames 0 and 1 of the other stream 0 and 1
      var expected = new Counts(8, 7);
      var counts = Counts.NONE;
      for (int tries = 0; tries < 30 && !counts.equals(expected); tries++) {
        counts = progress.poll(Duration.ofSeconds(1));
      }
      assertThat(counts).isEqualTo(expected);
      assertThat(progress.of("door")).isEqualTo(new Counts(6, 6));
      assertThat(progress.of("unknown")).isEqualTo(Counts.NONE);
    }
  }

  @Test
  void tellsWhichStreamsAreOver() throws Exception {
    create("over", 1);
    try (var producer = transactional("over");
        var progress = EventProgress.from(connection, List.of("over"), Map.of())) {
      send(producer, "over", 0, frames("yard", 0, 2));
      send(producer, "over", 0, List.of(TestEvents.ended("door", 3)));
      producer.flush();
      for (int tries = 0; tries < 30 && !progress.isOver("door"); tries++) {
        progress.poll(Duration.ofSeconds(1));
      }
      assertThat(progress.isOver("door")).isTrue();
      assertThat(progress.isOver("yard")).isFalse();
    }
  }

  private static List<FrameEvent> read(String topic, Map<Integer, Long> from) {
    var frames = new ArrayList<FrameEvent>();
    try (var events = CommittedEvents.of(connection, topic)) {
      events.read(from, event -> frames.add((FrameEvent) event.event()));
    }
    return frames;
  }

  private static List<Event> frames(String stream, int from, int to) {
    return TestEvents.sequence(to).stream()
        .filter(seq -> seq >= from)
        .map(seq -> (Event) TestEvents.frame(stream, seq))
        .toList();
  }

  private static void create(String topic, int partitions) throws Exception {
    try (var admin = Admin.create(connection.properties(Map.of()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  /** With a transaction begun. */
  private static KafkaProducer<byte[], byte[]> transactional(String id) {
    var properties = connection.properties(Map.of("transactional.id", id));
    var bytes = new ByteArraySerializer();
    var producer = new KafkaProducer<>(properties, bytes, bytes);
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, List<Event> events) {
    for (var event : events) {
      var key = event.streamId().getBytes(UTF_8);
      producer.send(new ProducerRecord<>(topic, partition, key, EventJson.write(event)));
    }
  }
}
