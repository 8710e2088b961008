package io.vigil.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.Event;
import io.vigil.events.EventSerializer;
import io.vigil.events.examples.PrintDetections;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example of the events' jar as its reader would, against a broker. */
class ExampleConsumerTest {

  @Test
  void printsWhatIsCommittedOnceThoughItIsStartedAgain(@TempDir Path folder) throws Exception {
    try (var broker = EmbeddedBroker.at(folder).start()) {
      var connection = KafkaConnection.to(broker.bootstrapServers());
      KafkaChecks.of(connection, EventTopics.named("events"), new ExactlyOnce("example"))
          .createTopics(1, 1)
          .within(Duration.ofSeconds(60))
          .run();
      try (var producer = producer(connection)) {
        producer.initTransactions();
        write(producer, 1, true);
        write(producer, 2, false);
        write(producer, 4, true);
        assertThat(printed(broker, "gate frame 4: person"))
            .containsExactly("gate frame 1: person", "gate frame 4: person");
        write(producer, 7, true);
        assertThat(printed(broker, "gate frame 7: person")).containsExactly("gate frame 7: person");
      }
    }
  }

  private static KafkaProducer<String, Event> producer(KafkaConnection connection) {
    return new KafkaProducer<>(
        connection.properties(Map.of("transactional.id", "example")),
        new StringSerializer(),
        new EventSerializer());
  }

  private static void write(KafkaProducer<String, Event> producer, long seq, boolean commits) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("events", "gate", TestEvents.frame("gate", seq)));
    producer.flush();
    if (commits) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  /** What it prints until that comes, and is then interrupted. */
  private static Iterable<String> printed(EmbeddedBroker broker, String last) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var example =
        new Thread(
            () -> {
              try {
                PrintDetections.follow(broker.bootstrapServers(), "events", out);
              } catch (InterruptException e) {
                // as it is to end
              }
            });
    example.start();
    while (!bytes.toString(StandardCharsets.UTF_8).contains(last)) {
      assertThat(example.isAlive()).isTrue();
      LockSupport.parkNanos(10_000_000);
    }
    // The place is kept behind the next poll, which the interrupt may cut short.
    awaitCommit(broker);
    example.interrupt();
    example.join();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void awaitCommit(EmbeddedBroker broker) throws Exception {
    var connection = KafkaConnection.to(broker.bootstrapServers());
    try (var admin = Admin.create(connection.properties(Map.of()));
        var events = CommittedEvents.of(connection, "events")) {
      var partition = new TopicPartition("events", 0);
      long end = events.endOffsets().get(0);
      while (true) {
        var kept =
            admin
                .listConsumerGroupOffsets("print-detections")
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition);
        if (kept != null && kept.offset() >= end) {
          return;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }
}
