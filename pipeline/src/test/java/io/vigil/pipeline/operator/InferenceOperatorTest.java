package io.vigil.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.events.Event;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.StreamEvent;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.batch.SharedDetectors;
import io.vigil.pipeline.testing.PixelDetector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceOperatorTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final Letterbox LETTERBOX = Letterbox.of(256, 256, 128, 128, false);

  private final List<AutoCloseable> harnesses = new ArrayList<>();

  @AfterEach
  void closeHarnesses() throws Exception {
    for (var harness : harnesses) {
      harness.close();
    }
    assertThat(SharedDetectors.ofProcess().openCount()).isZero();
  }

  private static InferenceSettings settings(DetectorFactory detector, int batchSize) {
    return new InferenceSettings(
        detector, BatchSettings.of(batchSize, NEVER), DetectionSettings.withScore(0.5f));
  }

  private OneInputStreamOperatorTestHarness<VideoRecord, Event> harness(
      InferenceSettings settings, int parallelism, int index) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<VideoRecord, Event>(
            new InferenceOperatorFactory(settings), 8, parallelism, index);
    harnesses.add(harness);
    harness.setup(new EventType.Serializer());
    return harness;
  }

  private OneInputStreamOperatorTestHarness<VideoRecord, Event> open(InferenceSettings settings)
      throws Exception {
    var harness = harness(settings, 1, 0);
    harness.open();
    return harness;
  }

  private static VideoFrame frame(String stream, long seq) {
    var rgb = new byte[128 * 128 * 3];
    new Random(seq).nextBytes(rgb);
    return new VideoFrame(
        stream, "session", seq, 100 * seq, 1, 1000, null, StreamSettings.USUAL, LETTERBOX, rgb);
  }

  private static VideoFrame live(String stream, long seq) {
    var frame = frame(stream, seq);
    return new VideoFrame(
        stream,
        "session",
        seq,
        frame.pts(),
        1,
        1000,
        new CaptureTime(1, CaptureTime.INGEST),
        StreamSettings.USUAL,
        LETTERBOX,
        frame.rgb(),
        true,
        System.nanoTime());
  }

  private static StreamNotice notice(
      String stream, StreamNotice.Kind kind, long decoded, SortedMap<String, Long> failed) {
    var dropped = new TreeMap<String, Long>();
    return new StreamNotice(stream, "session", kind, decoded, dropped, failed, "");
  }

  private static StreamNotice ended(String stream, long decoded) {
    return notice(stream, StreamNotice.Kind.ENDED, decoded, new TreeMap<>());
  }

  private static long seq(Object output) {
    var event = ((StreamRecord<?>) output).getValue();
    return event instanceof FrameEvent frame ? frame.seq() : ((FailedFrame) event).seq();
  }

  @Test
  void noWatermarkAndNoStatusOvertakesAFrame() throws Exception {
    var harness = open(settings(PixelDetector.factory(), 4));
    harness.processElement(frame("a", 0), 0);
    harness.processWatermark(100);
    harness.processWatermark(200);
    harness.processElement(frame("a", 1), 300);
    harness.processWatermark(300);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(harness.getOutput()).isEmpty();
    harness.prepareSnapshotPreBarrier(1);
    var output = List.copyOf(harness.getOutput());
    assertThat(output).hasSize(5);
    assertThat(seq(output.get(0))).isZero();
    assertThat(output.get(1)).isEqualTo(new Watermark(200));
    assertThat(seq(output.get(2))).isEqualTo(1);
    assertThat(output.get(3)).isEqualTo(new Watermark(300));
    assertThat(output.get(4)).isEqualTo(WatermarkStatus.IDLE);
    assertThat(((StreamRecord<?>) output.get(2)).getTimestamp()).isEqualTo(300);
  }

  private static VideoFrame with(VideoFrame frame, StreamSettings settings) {
    return new VideoFrame(
        frame.streamId(),
        frame.session(),
        frame.seq(),
        frame.pts(),
        frame.timeBaseNumerator(),
        frame.timeBaseDenominator(),
        null,
        settings,
        frame.letterbox(),
        frame.rgb());
  }

  /** As if all were looked at so, and whatever is looked at beside it. */
  @Test
  void aStreamsOwnScoreAndClassesTakeThePlaceOfTheJobs() throws Exception {
    var job = open(settings(PixelDetector.factory(), 2));
    var settings = new StreamSettings(0.1, List.of("car", "toothbrush"), List.of());
    job.processElement(with(frame("a", 7), settings), 0);
    job.processElement(frame("b", 7), 0);
    job.prepareSnapshotPreBarrier(1);
    var wanted = new DetectionSettings(0.1f, 0.5f, 100, Set.of(1, 2), false, Convention.GOOGLE);
    var jobOfThose =
        open(new InferenceSettings(PixelDetector.factory(), BatchSettings.of(1, NEVER), wanted));
    jobOfThose.processElement(frame("a", 7), 0);
    var jobOfOthers = open(settings(PixelDetector.factory(), 1));
    jobOfOthers.processElement(frame("b", 7), 0);
    jobOfThose.prepareSnapshotPreBarrier(1);
    jobOfOthers.prepareSnapshotPreBarrier(1);
    var own = (FrameEvent) job.extractOutputValues().get(0);
    assertThat(own).isEqualTo(jobOfThose.extractOutputValues().get(0));
    assertThat(own.detections()).extracting(DetectedObject::className).doesNotContain("person");
    assertThat(job.extractOutputValues().get(1))
        .isEqualTo(jobOfOthers.extractOutputValues().get(0));
  }

  @Test
  void framesOfManyBatchesLeaveInTheOrderOfTheirComingAndNoMoreThanTheCapacityIsHeld()
      throws Exception {
    var settings = settings(PixelDetector.factory(), 3);
    var harness = open(settings);
    for (int seq = 0; seq < 100; seq++) {
      harness.processElement(frame("a", seq), seq);
      assertThat(seq + 1 - harness.getOutput().size()).isLessThanOrEqualTo(settings.capacity());
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.getOutput()).hasSize(100);
    assertThat(harness.getOutput()).extracting(InferenceOperatorTest::seq).isSorted();
  }

  @Test
  void theLastPartialBatchIsFlushedAtTheEndOfTheInput() throws Exception {
    var harness = open(settings(PixelDetector.factory(), 8));
    harness.processElement(frame("a", 0), 0);
    harness.getOperator().finish();
    assertThat(harness.getOutput()).hasSize(1);
  }

  @Test
  void anEventIsAFunctionOfItsPictureAndNotOfItsCompany() throws Exception {
    var alone = open(settings(PixelDetector.factory(), 1));
    var inCompany = open(settings(PixelDetector.factory(), 8));
    for (int seq = 0; seq < 10; seq++) {
      alone.processElement(frame("a", seq), seq);
      inCompany.processElement(frame("other", 100 + seq), seq);
      inCompany.processElement(frame("a", seq), seq);
    }
    alone.prepareSnapshotPreBarrier(1);
    inCompany.prepareSnapshotPreBarrier(1);
    assertThat(inCompany.extractOutputValues())
        .filteredOn(event -> event.streamId().equals("a"))
        .isEqualTo(alone.extractOutputValues());
    var first = (FrameEvent) alone.extractOutputValues().get(0);
    assertThat(first.detections()).isNotEmpty();
    assertThat(first.width()).isEqualTo(256);
    assertThat(first.model().digest()).isEqualTo("feed");
  }

  @Test
  void everyFrameIsAccountedForWhenItsStreamEnds() throws Exception {
    var harness = open(settings(new PixelDetector.Poison(5), 4));
    for (int seq = 0; seq < 40; seq++) {
      harness.processElement(frame("a", seq), seq);
    }
    var reason = new FrameFailure("a", "session", 40, 4000, 1, 1000, "letterbox", "no such format");
    harness.processElement(reason, 40);
    var failedInReader = new TreeMap<>(Map.of("letterbox", 1L));
    harness.processElement(notice("a", StreamNotice.Kind.ENDED, 41, failedInReader), 41);
    harness.prepareSnapshotPreBarrier(1);
    var events = harness.extractOutputValues();
    var ledger = ((StreamEvent) events.get(41)).ledger();
    var failed = events.stream().filter(FailedFrame.class::isInstance).count();
    assertThat(failed).isGreaterThan(2);
    assertThat(ledger.balances()).isTrue();
    assertThat(ledger.decoded()).isEqualTo(41);
    assertThat(ledger.detected()).isEqualTo(41 - failed);
    assertThat(ledger.failed())
        .containsOnly(Map.entry("inference", failed - 1), Map.entry("letterbox", 1L));
    var poisoned =
        (FailedFrame) events.stream().filter(FailedFrame.class::isInstance).findFirst().get();
    assertThat(poisoned.stage()).isEqualTo("inference");
    assertThat(poisoned.reason()).isEqualTo("a picture is poisoned");
  }

  @Test
  void theLedgerGoesOnAfterARestoreAndNoFrameIsInTheState() throws Exception {
    var settings = settings(PixelDetector.factory(), 4);
    var before = open(settings);
    for (int seq = 0; seq < 6; seq++) {
      before.processElement(frame("a", seq), seq);
    }
    before.prepareSnapshotPreBarrier(1);
    assertThat(before.getOutput()).hasSize(6);
    var state = before.snapshot(1, 1);
    assertThat(state.getStateSize()).isLessThan(1024);
    before.processElement(frame("a", 6), 6);

    var after = restore(settings, state, 1, 0);
    after.processElement(frame("a", 6), 6);
    after.processElement(ended("a", 7), 7);
    after.prepareSnapshotPreBarrier(2);
    assertThat(after.getOutput()).hasSize(2);
    var ledger = ((StreamEvent) after.extractOutputValues().get(1)).ledger();
    assertThat(ledger.detected()).isEqualTo(7);
    assertThat(ledger.balances()).isTrue();
  }

  private OneInputStreamOperatorTestHarness<VideoRecord, Event> restore(
      InferenceSettings settings, OperatorSubtaskState state, int parallelism, int index)
      throws Exception {
    var harness = harness(settings, parallelism, index);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  @Test
  void aStreamThatGoesOnInAnotherSubtaskKeepsItsLedgerThroughTwoRestores() throws Exception {
    var settings = settings(PixelDetector.factory(), 1);
    var first = open(settings);
    first.processElement(frame("a", 0), 0);
    first.processElement(frame("b", 0), 0);
    first.prepareSnapshotPreBarrier(1);
    var state = first.snapshot(1, 1);

    var zero = restore(settings, rescaled(state, 1, 2, 0), 2, 0);
    var one = restore(settings, rescaled(state, 1, 2, 1), 2, 1);
    one.processElement(frame("b", 1), 1);
    one.processElement(ended("a", 1), 1);
    zero.prepareSnapshotPreBarrier(2);
    one.prepareSnapshotPreBarrier(2);
    assertThat(((StreamEvent) one.extractOutputValues().get(1)).ledger().detected()).isEqualTo(1);
    var both =
        OneInputStreamOperatorTestHarness.repackageState(zero.snapshot(2, 2), one.snapshot(2, 2));

    var last = restore(settings, rescaled(both, 2, 1, 0), 1, 0);
    last.processElement(ended("b", 2), 2);
    last.prepareSnapshotPreBarrier(3);
    assertThat(((StreamEvent) last.extractOutputValues().get(0)).ledger().detected()).isEqualTo(2);
    var size = last.snapshot(3, 3).getStateSize();
    var again = restore(settings, last.snapshot(4, 4), 1, 0);
    again.prepareSnapshotPreBarrier(5);
    assertThat(again.snapshot(5, 5).getStateSize())
        .as("marks of ended sessions are gone after a restore")
        .isLessThan(size);
  }

  private static OperatorSubtaskState rescaled(
      OperatorSubtaskState state, int from, int to, int index) {
    return OneInputStreamOperatorTestHarness.repartitionOperatorState(state, 8, from, to, index);
  }

  /** While its gate is shut, no batch is finished. */
  private record Gated(String name) implements DetectorFactory {
    static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

    @Override
    public Detector open() {
      var pixels = PixelDetector.factory().open();
      return new Detector() {
        @Override
        public ModelMetadata model() {
          return pixels.model();
        }

        @Override
        public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
          try {
            GATES.get(name).await();
          } catch (InterruptedException e) {
            throw new DetectorException("the test was interrupted", e);
          }
          return pixels.infer(images, count, height, width);
        }

        @Override
        public void close() {
          pixels.close();
        }
      };
    }
  }

  @Test
  void behindABusyDeviceLiveFramesGiveWayAreCountedAndTheLedgerBalancesAfterARestore()
      throws Exception {
    var gate = new CountDownLatch(1);
    Gated.GATES.put("overload", gate);
    var settings = settings(new Gated("overload"), 2);
    var harness = open(settings);
    for (int seq = 0; seq < 100; seq++) {
      harness.processElement(live("a", seq), seq);
      harness.processElement(live("b", seq), seq);
    }
    gate.countDown();
    harness.prepareSnapshotPreBarrier(1);
    var events = List.copyOf(harness.extractOutputValues());
    assertThat(events).hasSizeBetween(2, 6);
    assertThat(events)
        .filteredOn(event -> event.streamId().equals("a"))
        .extracting(event -> ((FrameEvent) event).seq())
        .isSorted()
        .as("what is taken last is the latest")
        .endsWith(99L);

    var after = restore(settings, harness.snapshot(1, 1), 1, 0);
    after.processElement(ended("a", 100), 100);
    after.processElement(ended("b", 100), 100);
    for (var event : after.extractOutputValues()) {
      var ledger = ((StreamEvent) event).ledger();
      assertThat(ledger.balances()).as("%s", ledger).isTrue();
      assertThat(ledger.dropped().get("overload")).isGreaterThanOrEqualTo(97L);
    }
  }

  /** Each camera in a subtask of its own; they fill batches together until one falls silent. */
  @Test
  void aPausedCameraKeepsNoBatchWaitingBeyondItsTimeOut() throws Exception {
    var settings =
        new InferenceSettings(
            PixelDetector.factory(),
            BatchSettings.of(4, Duration.ofMillis(20)),
            DetectionSettings.withScore(0.5f));
    var flowing = harness(settings, 2, 0);
    var pausing = harness(settings, 2, 1);
    flowing.open();
    pausing.open();
    for (int seq = 0; seq < 2; seq++) {
      flowing.processElement(live("flowing", seq), seq);
      pausing.processElement(live("pausing", seq), seq);
    }
    awaitEvents(flowing, 2);
    awaitEvents(pausing, 2);
    for (int seq = 2; seq < 5; seq++) {
      flowing.processElement(live("flowing", seq), seq);
      awaitEvents(flowing, seq + 1);
    }
    assertThat(flowing.getOutput())
        .extracting(InferenceOperatorTest::seq)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  /** As the task's thread does; nothing hurries a batch. */
  private static void awaitEvents(
      OneInputStreamOperatorTestHarness<VideoRecord, Event> harness, int count) throws Exception {
    while (harness.getOutput().size() < count) {
      harness.getTaskMailbox().take(0).run();
    }
  }

  @Test
  void withALiveStreamOneThatMustNotLoseFramesStaysExact() throws Exception {
    var settings = settings(PixelDetector.factory(), 3);
    var harness = open(settings);
    for (int seq = 0; seq < 200; seq++) {
      harness.processElement(live("live", seq), seq);
      harness.processElement(frame("exact", seq), seq);
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.extractOutputValues())
        .filteredOn(event -> event.streamId().equals("exact"))
        .extracting(event -> ((FrameEvent) event).seq())
        .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
  }

  @Test
  void aLedgerOfTheFormatBeforeDropsIsRead() throws Exception {
    var out = new DataOutputSerializer(64);
    out.writeUTF("a");
    out.writeUTF("session");
    out.writeLong(7);
    out.writeInt(1);
    out.writeUTF("inference");
    out.writeLong(2);
    out.writeBoolean(false);
    var entry = new LedgerSerializer().deserialize(1, out.getCopyOfBuffer());
    var failed = new TreeMap<>(Map.of("inference", 2L));
    assertThat(entry).isEqualTo(new LedgerEntry("a", "session", 7, new TreeMap<>(), failed, false));
    var now = new LedgerEntry("a", "s", 7, new TreeMap<>(Map.of("overload", 3L)), failed, true);
    var serializer = new LedgerSerializer();
    assertThat(serializer.deserialize(2, serializer.serialize(now))).isEqualTo(now);
  }

  @Test
  void aBrokenDetectorFailsTheJobWithItsReason() throws Exception {
    var harness = open(settings(new PixelDetector.Poison(1), 8));
    assertThatThrownBy(
            () -> {
              for (int seq = 0; seq < 100; seq++) {
                harness.processElement(frame("a", seq), seq);
              }
            })
        .hasStackTraceContaining(
            "Inference failed on 16 pictures in a row, with no success between")
        .hasStackTraceContaining("a picture is poisoned");
    harnesses.remove(harness);
    harness.getOperator().close();
  }
}
