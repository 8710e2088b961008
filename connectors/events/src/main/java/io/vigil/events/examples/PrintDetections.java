package io.vigil.events.examples;

import io.vigil.events.Event;
import io.vigil.events.EventDeserializer;
import io.vigil.events.FrameEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A whole consumer, to be copied: prints what is detected, as it is committed, and goes on where it
 * was when it is started again.
 *
 * <pre>
 * java -cp … io.vigil.events.examples.PrintDetections localhost:9092 vigil-events
 * </pre>
 */
public final class PrintDetections {
  private PrintDetections() {}

  public static void main(String[] args) {
    follow(args[0], args[1], System.out);
  }

  /** Goes on until its thread is interrupted. */
  public static void follow(String bootstrapServers, String topic, PrintStream out) {
    var settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "group.id",
            "print-detections",
            "auto.offset.reset",
            "earliest",
            // its place is kept when what it has read is printed
            "enable.auto.commit",
            "false",
            // what a failure has taken back is not seen
            "isolation.level",
            "read_committed",
            "key.deserializer",
            StringDeserializer.class.getName(),
            "value.deserializer",
            EventDeserializer.class.getName()));
    try (var consumer = new KafkaConsumer<String, Event>(settings)) {
      consumer.subscribe(List.of(topic));
      while (!Thread.currentThread().isInterrupted()) {
        for (var message : consumer.poll(Duration.ofSeconds(1))) {
          print(message.value(), out);
        }
        consumer.commitSync();
      }
    }
  }

  private static void print(Event event, PrintStream out) {
    if (event instanceof FrameEvent frame) {
      for (var object : frame.detections()) {
        out.printf("%s frame %d: %s%n", frame.streamId(), frame.seq(), object.className());
      }
    }
  }
}
