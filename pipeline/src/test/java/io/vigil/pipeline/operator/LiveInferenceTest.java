package io.vigil.pipeline.operator;

import static io.vigil.pipeline.operator.InferenceHarnesses.ended;
import static io.vigil.pipeline.operator.InferenceHarnesses.frame;
import static io.vigil.pipeline.operator.InferenceHarnesses.live;
import static io.vigil.pipeline.operator.InferenceHarnesses.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.events.Event;
import io.vigil.events.FrameEvent;
import io.vigil.events.StreamEvent;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.testing.PixelDetector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveInferenceTest {

  private final InferenceHarnesses harnesses = new InferenceHarnesses();

  @AfterEach
  void closeHarnesses() throws Exception {
    harnesses.close();
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
    var harness = harnesses.open(settings);
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

    var after = harnesses.restore(settings, harness.snapshot(1, 1), 1, 0);
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
    var flowing = harnesses.harness(settings, 2, 0);
    var pausing = harnesses.harness(settings, 2, 1);
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
        .extracting(InferenceHarnesses::seq)
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
    var harness = harnesses.open(settings);
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
}
