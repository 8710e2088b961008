package io.vigil.events.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.events.Event;
import io.vigil.events.EventDeserializer;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PrintDetectionsTest {

  @Test
  void printsALineADetection() {
    var partition = new TopicPartition("vigil-events", 0);
    var printed = new ByteArrayOutputStream();
    try (var consumer = new MockConsumer<String, Event>("earliest");
        var deserializer = new EventDeserializer()) {
      consumer.assign(List.of(partition));
      consumer.updateBeginningOffsets(Map.of(partition, 0L));
      var value = deserializer.deserialize("vigil-events", EventJson.write(event()));
      consumer.addRecord(new ConsumerRecord<>("vigil-events", 0, 0, "gate", value));
      PrintDetections.printNext(consumer, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("gate frame 7: car", "gate frame 7: person");
  }

  private static FrameEvent event() {
    return new FrameEvent(
        "0".repeat(32),
        "gate",
        "s1",
        7,
        21_000,
        new FrameEvent.TimeBase(1, 90_000),
        null,
        1920,
        1080,
        List.of(
            new DetectedObject(3, "car", 0.9, 1, 2, 3, 4),
            new DetectedObject(1, "person", 0.8, 5, 6, 7, 8)),
        new FrameEvent.ModelRef("efficientdet-d0", "ab", "coco"));
  }
}
