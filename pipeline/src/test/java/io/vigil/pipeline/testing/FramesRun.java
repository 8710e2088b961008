package io.vigil.pipeline.testing;

import io.vigil.connectors.frames.dead.DeadLetters;
import io.vigil.connectors.frames.publish.FrameProducer;
import io.vigil.connectors.frames.publish.FrameRecords;
import io.vigil.connectors.frames.publish.Frames;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.source.FramesSource;
import io.vigil.connectors.frames.source.StartAt;
import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.decode.ReadInterrupt;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoUnits;
import io.vigil.connectors.video.reader.FileSession;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.job.DetectionJob;
import io.vigil.pipeline.job.JobSinks;
import io.vigil.pipeline.operator.InferenceSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A real detection job on a test's cluster, from a topic of frames to committed events.
 *
 * @param name of the job and its topic of events
 * @param frames topic
 */
public record FramesRun(
    String name,
    KafkaConnection connection,
    String frames,
    DetectorFactory detector,
    int parallelism,
    Duration checkpointInterval) {

  private static final int MOST_BYTES = 8 << 20;
  private static final Duration BROKER_START = Duration.ofSeconds(60);
  private static final float SCORE = 0.005f;

  /** Makes a topic of frames. */
  public static void createTopic(KafkaConnection connection, String topic, int partitions) {
    KafkaChecks.of(connection, new AtLeastOnce())
        .writingLarge(topic, MOST_BYTES)
        .createTopics(partitions, 1)
        .within(BROKER_START)
        .run();
  }

  /** The records of a clip: its access units as they are, or JPEGs. */
  public static List<ProducerRecord<byte[], byte[]>> records(
      String topic, String clip, boolean jpeg) throws Exception {
    var path = Clips.variant(clip);
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    var made = new FrameRecords(topic, clip, FileSession.of(path));
    try (var frames =
        jpeg
            ? Frames.asJpeg(VideoDecoder.open(path, 1), 0.9f)
            : Frames.asTheyAre(VideoUnits.open(path, new ReadInterrupt()))) {
      while (frames.next()) {
        records.add(made.of(frames, null));
      }
    }
    records.add(made.end());
    return records;
  }

  /** Writes them. */
  public static void send(
      KafkaConnection connection, List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer = new FrameProducer(connection, MOST_BYTES)) {
      records.forEach(producer::send);
      producer.flush();
    }
  }

  public EventTopics topics() {
    return EventTopics.named(name);
  }

  /** The topic of its dead letters. */
  public String dead() {
    return name + "-dead";
  }

  /**
   * Starts the job, which does not end; goes on from a savepoint if the configuration names one.
   */
  public JobClient start(Configuration configuration) throws Exception {
    var facts =
        KafkaChecks.of(connection, topics(), new ExactlyOnce(name))
            .writingLarge(dead(), MOST_BYTES)
            .createTopics(2, 1)
            .within(BROKER_START)
            .run();
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(parallelism);
    environment.enableCheckpointing(checkpointInterval.toMillis());
    var source =
        FramesSource.of(
            connection,
            frames,
            StartAt.EARLIEST,
            new FrameLimits(1 << 20, 1_000_000),
            new LetterboxSettings(PixelDetector.RESOLUTION, 128, false, new Fill(124, 116, 104)));
    var sinks =
        new JobSinks(
            EventSink.of(connection, topics(), facts.delivery()),
            Optional.of(DeadLetters.sink(connection, dead(), MOST_BYTES, facts.delivery())));
    var inference =
        new InferenceSettings(
            detector,
            BatchSettings.of(3, Duration.ofMillis(20)),
            DetectionSettings.withScore(SCORE));
    DetectionJob.build(environment, source, inference, sinks);
    return environment.executeAsync();
  }

  /** Runs until so many streams have ended and that is committed. */
  public Map<String, List<String>> finish(int streams) throws Exception {
    var job = start(new Configuration());
    awaitEnded(job, streams);
    job.cancel().get();
    return committed();
  }

  /** Waits until so many sessions have ended, and the events of that are committed. */
  public void awaitEnded(JobClient job, int sessions) throws Exception {
    while (ended() < sessions) {
      LockSupport.parkNanos(50_000_000);
      if (job.getJobStatus().get().isGloballyTerminalState()) {
        job.getJobExecutionResult().get();
      }
    }
  }

  private long ended() {
    return committed().entrySet().stream()
        .filter(topic -> topic.getKey().startsWith("-streams"))
        .flatMap(topic -> topic.getValue().stream())
        .filter(event -> event.contains("\"ended\""))
        .count();
  }

  /** The committed events as text, in the order of the topic: by topic and stream. */
  public Map<String, List<String>> committed() {
    var byStream = new TreeMap<String, List<String>>();
    for (var topic : topics().all()) {
      var kind = topic.substring(name.length());
      try (var reader = CommittedEvents.of(connection, topic)) {
        reader.readAll(
            event ->
                byStream
                    .computeIfAbsent(kind + "/" + event.event().streamId(), k -> new ArrayList<>())
                    .add(new String(event.value(), StandardCharsets.UTF_8)));
      }
    }
    return byStream;
  }

  /** The committed records of any topic. */
  public static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConnection connection, String topic) {
    var bytes = new ByteArrayDeserializer();
    var own = Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest");
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = new KafkaConsumer<>(connection.properties(own), bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
