package io.vigil.events.examples;

import io.vigil.events.Event;
import io.vigil.events.EventDeserializer;
import io.vigil.events.FrameEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints what is detected, as it is committed: {@code PrintDetections localhost:9092 vigil-events}.
 */
public final class PrintDetections {
  private PrintDetections() {}

  public static void main(String[] args) {
    var settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers",
            args[0],
            "group.id",
            "print-detections",
            "auto.offset.reset",
            "earliest",
            // what a failure has taken back is not seen
            "isolation.level",
            "read_committed",
            "key.deserializer",
            StringDeserializer.class.getName(),
            "value.deserializer",
            EventDeserializer.class.getName()));
    try (var consumer = new KafkaConsumer<String, Event>(settings)) {
      consumer.subscribe(List.of(args[1]));
      while (true) {
        printNext(consumer, System.out);
      }
    }
  }

  static void printNext(Consumer<String, Event> consumer, PrintStream out) {
    for (var message : consumer.poll(Duration.ofSeconds(1))) {
      if (message.value() instanceof FrameEvent frame) {
        for (var object : frame.detections()) {
          out.printf("%s frame %d: %s%n", frame.streamId(), frame.seq(), object.className());
        }
      }
    }
  }
}
