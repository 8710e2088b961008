package io.vigil.pipeline.config;

import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.source.StartAt;
import java.util.Optional;

/**
 * Frames of a Kafka topic, on the Kafka that events go to.
 *
 * @param from where a job begins that has no checkpoint
 * @param deadLetterTopic of records from which no frame can be made
 * @param limits above which records are refused
 */
public record FramesConfig(String topic, StartAt from, String deadLetterTopic, FrameLimits limits) {

  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_PIXELS = 1 << 30;

  /** Empty if there are none. */
  static Optional<FramesConfig> read(Section root) {
    var section = root.section("frames", "frames of a Kafka topic");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    if (!section.has("topic")) {
      section.refuseUnseen("topic", "is missing; name the topic that the frames are on");
    }
    var topic = KafkaConfig.topic(section, "topic", "frames");
    var dead = KafkaConfig.topic(section, "dead-letter-topic", topic + "-dead");
    var usual = FrameLimits.USUAL;
    var limits =
        new FrameLimits(
            section.integer(
                "max-bytes", usual.mostBytes(), 1, MOST_BYTES, "of a record that is taken"),
            section.integer(
                "max-pixels",
                (int) usual.mostPixels(),
                1,
                MOST_PIXELS,
                "of a picture that is decoded"));
    var from = section.choice("from", StartAt.EARLIEST, "where a job without a checkpoint begins");
    if (dead.equals(topic)) {
      section.refuse("dead-letter-topic", "must be another topic than that of the frames");
    }
    section.refuseUnknown();
    return Optional.of(new FramesConfig(topic, from, dead, limits));
  }
}
