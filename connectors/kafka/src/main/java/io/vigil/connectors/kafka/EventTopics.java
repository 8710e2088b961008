package io.vigil.connectors.kafka;

import io.vigil.events.Event;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.StreamEvent;
import java.io.Serializable;
import java.util.List;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/**
 * A topic for each kind of event, so that a consumer of detections reads nothing else.
 *
 * <p>The key is the stream id and Kafka's own partitioner chooses the partition from it, so a
 * stream's events keep their order within one partition. Adding partitions to a topic in use moves
 * streams to other partitions and breaks their order across that moment: make a new topic instead.
 *
 * @param frames a {@link FrameEvent} for each frame
 * @param streams {@link StreamEvent}s
 * @param failed {@link FailedFrame}s
 */
public record EventTopics(String frames, String streams, String failed) implements Serializable {

  public EventTopics {
    List.of(frames, streams, failed).forEach(EventTopics::requireValid);
    if (List.of(frames, streams, failed).stream().distinct().count() < 3) {
      throw new IllegalArgumentException(
          "topics frames = %s, streams = %s, failed = %s: each kind needs a topic of its own"
              .formatted(frames, streams, failed));
    }
  }

  /** TOPIC for frames, TOPIC-streams for streams, TOPIC-failed for failed frames. */
  public static EventTopics named(String topic) {
    return new EventTopics(topic, topic + "-streams", topic + "-failed");
  }

  public List<String> all() {
    return List.of(frames, streams, failed);
  }

  public String of(Event event) {
    if (event instanceof FrameEvent) {
      return frames;
    }
    return event instanceof StreamEvent ? streams : failed;
  }

  private static void requireValid(String topic) {
    try {
      Topic.validate(topic);
    } catch (InvalidTopicException e) {
      throw new IllegalArgumentException(
          "topic = '%s': a topic's name has 1 to 249 letters, digits, dots, underscores and hyphens"
              .formatted(topic),
          e);
    }
  }
}
