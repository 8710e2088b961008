package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vigil.connectors.frames.publish.FrameProducer;
import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.video.metrics.VigilMetric;
import io.vigil.events.EventJson;
import io.vigil.events.StreamEvent;
import io.vigil.pipeline.testing.Checkpoints;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.DetectionRun;
import io.vigil.pipeline.testing.FramesRun;
import io.vigil.pipeline.testing.FreePort;
import io.vigil.pipeline.testing.OpenDetectors;
import io.vigil.pipeline.testing.PacedDetector;
import io.vigil.pipeline.testing.PixelDetector;
import io.vigil.pipeline.testing.Scrape;
import io.vigil.pipeline.testing.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class FramesJobTest {

  private static final List<String> CLIPS =
      List.of("open_gop_h264.mp4", "closed_gop_h265.mp4", "mpegts.ts", "vfr.mp4");
  private static final Duration OFTEN = Duration.ofMillis(100);

  private static final int METRICS_PORT = FreePort.find();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(Scrape.reportAt(METRICS_PORT))
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static KafkaConnection connection;
  private static final Map<String, Map<String, List<String>>> UNDISTURBED = new TreeMap<>();

  /** Topics of each kind, with a record of no worth in the middle of the first stream. */
  @BeforeAll
  static void publish() throws Exception {
    connection = BROKER.connection();
    for (var kind : List.of("jpeg", "units")) {
      FramesRun.createTopic(connection, kind, 2);
      var streams = new ArrayList<List<ProducerRecord<byte[], byte[]>>>();
      for (var clip : CLIPS) {
        streams.add(FramesRun.records(kind, clip, kind.equals("jpeg")));
      }
      var bad = streams.get(0).get(20);
      streams
          .get(0)
          .set(20, new ProducerRecord<>(kind, null, bad.key(), new byte[0], bad.headers()));
      FramesRun.send(connection, inTurns(streams));
      UNDISTURBED.put(kind, run(kind, "whole-" + kind, 1).finish(CLIPS.size()));
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> inTurns(
      List<List<ProducerRecord<byte[], byte[]>>> streams) {
    var all = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (int i = 0; streams.stream().mapToInt(List::size).max().orElse(0) > i; i++) {
      for (var stream : streams) {
        if (i < stream.size()) {
          all.add(stream.get(i));
        }
      }
    }
    return all;
  }

  private static FramesRun run(String kind, String name, int parallelism) {
    return new FramesRun(
        name, connection, kind, new PacedDetector.Factory(name), parallelism, OFTEN);
  }

  @AfterAll
  static void everyDetectorIsClosed() {
    OpenDetectors.awaitNone();
  }

  @Test
  void unitsGiveTheEventsOfTheFilesThatTheyCameFrom() throws Exception {
    var files = new TreeMap<String, Path>();
    CLIPS.subList(1, CLIPS.size()).forEach(clip -> files.put(clip, Clips.variant(clip)));
    var ofFiles = new DetectionRun(connection, "files", files, PixelDetector.factory()).finish();
    var ofUnits = new TreeMap<>(UNDISTURBED.get("units"));
    ofUnits.keySet().removeIf(key -> key.endsWith(CLIPS.get(0)));
    assertThat(ofUnits).isEqualTo(ofFiles);
  }

  @Test
  void prometheusSeesTheMetricsOfAJobOfFrames() throws Exception {
    var job = run("units", "metrics", 1).start(new Configuration());
    var expected = new TreeSet<String>();
    for (var metric : VigilMetric.values()) {
      if (metric.jobs().contains(VigilMetric.Job.FRAMES)) {
        expected.add(metric.prometheusName());
      }
    }
    var refused = VigilMetric.DEAD_LETTERS.prometheusName();
    Scrape.await(
        METRICS_PORT,
        now -> now.names().containsAll(expected) && now.sum(refused, "stream", CLIPS.get(0)) == 1);
    job.cancel().get();
  }

  @ParameterizedTest
  @CsvSource({"jpeg, 1", "jpeg, 2", "units, 1", "units, 2"})
  void aJobThatIsKilledInTheMiddleWritesTheSameRecords(
      String kind, int parallelism, @InjectMiniCluster MiniCluster cluster) throws Exception {
    var name = "killed-" + kind + "-" + parallelism;
    var run = run(kind, name, parallelism);
    PacedDetector.control(name).pace(Duration.ofMillis(10));
    var job = run.start(Checkpoints.restarting());
    new Checkpoints(cluster, job).await(2);
    await(() -> PacedDetector.control(name).pictures() > 60);
    PacedDetector.control(name).die();
    run.awaitEnded(job, CLIPS.size());
    var checkpoints = new Checkpoints(cluster, job).statistics();
    job.cancel().get();

    assertThat(checkpoints.getLatestRestoredCheckpoint()).as("it went on").isNotNull();
    assertThat(run.committed()).isEqualTo(UNDISTURBED.get(kind));
    requireOneDeadLetter(run, kind);
    var largest = checkpoints.getSummaryStats().getStateSizeStats().getMaximum();
    assertThat(largest).as("bytes of the largest checkpoint").isBetween(1L, 100_000L);
  }

  @ParameterizedTest
  @CsvSource({"jpeg, 2, 1", "units, 1, 2", "units, 2, 1"})
  void aJobThatIsStoppedGoesOnAtTheNextFrameAtAnyParallelism(
      String kind, int before, int after, @TempDir Path savepoints) throws Exception {
    var name = "stopped-" + kind + "-" + before;
    var run = run(kind, name, before);
    PacedDetector.control(name).pace(Duration.ofMillis(15));
    var job = run.start(new Configuration());
    await(() -> PacedDetector.control(name).pictures() > 70);
    var savepoint =
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    assertThat(run.committed())
        .as("it was stopped in the middle")
        .isNotEqualTo(UNDISTURBED.get(kind));
    var resumed = new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    var rest = run(kind, name, after);
    var second = rest.start(resumed);
    rest.awaitEnded(second, CLIPS.size());
    second.cancel().get();
    assertThat(rest.committed()).isEqualTo(UNDISTURBED.get(kind));
    requireOneDeadLetter(rest, kind);
  }

  private static void requireOneDeadLetter(FramesRun run, String kind) {
    var letters = FramesRun.read(connection, run.dead());
    assertThat(letters).hasSize(1);
    var letter = letters.get(0);
    requireValid(letter);
    assertThat(header(letter, "vigil-dead-reason"))
        .isEqualTo("it has 0 bytes, and a frame has more");
    assertThat(header(letter, "vigil-dead-topic")).isEqualTo(kind);
    assertThat(header(letter, "vigil-stream")).isEqualTo(CLIPS.get(0));
    var offset = Long.parseLong(header(letter, "vigil-dead-offset"));
    var partition = Integer.parseInt(header(letter, "vigil-dead-partition"));
    var original =
        FramesRun.read(connection, kind).stream()
            .filter(record -> record.partition() == partition && record.offset() == offset)
            .findFirst()
            .orElseThrow();
    assertThat(original.value()).isEmpty();
    assertThat(letter.key()).isEqualTo(original.key());
  }

  private static void requireValid(ConsumerRecord<?, ?> letter) {
    var headers = new ObjectMapper().createObjectNode();
    letter.headers().forEach(one -> headers.put(one.key(), header(letter, one.key())));
    var schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Path.of("..", "docs", "dead-letter.schema.json").toAbsolutePath().toUri());
    assertThat(schema.validate(headers)).isEmpty();
    headers.fieldNames().forEachRemaining(name -> requireKnown(name, schema.getSchemaNode()));
  }

  private static void requireKnown(String header, JsonNode schema) {
    if (header.startsWith("vigil-dead-")) {
      assertThat(schema.get("properties").has(header)).as(header).isTrue();
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aRecordOfAHundredMegabytesIsToldAndLeftWhereItIs() throws Exception {
    KafkaChecks.of(connection, new AtLeastOnce())
        .writingLarge("large", 104_000_000)
        .createTopics(1, 1)
        .run();
    var records = FramesRun.records("large", "bars_bt601.mp4", true);
    var large = records.get(1);
    records.add(
        1,
        new ProducerRecord<>("large", null, large.key(), new byte[100_000_000], large.headers()));
    try (var producer = new FrameProducer(connection, 104_000_000)) {
      records.forEach(producer::send);
      producer.flush();
    }
    var run = run("large", "of-large", 1);
    var events = run.finish(1);
    assertThat(events.get("/bars_bt601.mp4")).hasSize(4);
    assertThat(events.get("-streams/bars_bt601.mp4").get(1))
        .contains("\"decoded\":5,\"detected\":4")
        .contains("{\"record\":1}");
    var letter = FramesRun.read(connection, run.dead()).get(0);
    assertThat(letter.value()).isNull();
    requireValid(letter);
    assertThat(header(letter, "vigil-dead-value-left-out")).isEqualTo("100000000");
    assertThat(header(letter, "vigil-dead-offset")).isEqualTo("1");
    assertThat(header(letter, "vigil-dead-reason"))
        .isEqualTo("it has 100,000,000 bytes, and 1,048,576 are the most (frames.max-bytes)");
  }

  @Test
  void everyFrameIsAccountedFor() {
    for (var kind : List.of("jpeg", "units")) {
      var streams = UNDISTURBED.get(kind).get("-streams/" + CLIPS.get(0));
      var ended = streams.get(streams.size() - 1);
      assertThat(ended).contains("\"decoded\":48").contains("\"failed\":{\"record\":1}");
      assertThat(EventJson.read(ended.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              StreamEvent.class, event -> assertThat(event.ledger().balances()).isTrue());
      long detected = UNDISTURBED.get(kind).get("/" + CLIPS.get(0)).size();
      assertThat(ended).contains("\"detected\":" + detected);
      assertThat(UNDISTURBED.get(kind).get("-failed/" + CLIPS.get(0))).hasSize(1);
      if (kind.equals("jpeg")) {
        assertThat(detected).isEqualTo(47);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
