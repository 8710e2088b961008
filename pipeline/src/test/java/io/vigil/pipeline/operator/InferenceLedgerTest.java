package io.vigil.pipeline.operator;

import static io.vigil.pipeline.operator.InferenceHarnesses.ended;
import static io.vigil.pipeline.operator.InferenceHarnesses.frame;
import static io.vigil.pipeline.operator.InferenceHarnesses.notice;
import static io.vigil.pipeline.operator.InferenceHarnesses.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.events.FailedFrame;
import io.vigil.events.StreamEvent;
import io.vigil.pipeline.testing.PixelDetector;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceLedgerTest {

  private final InferenceHarnesses harnesses = new InferenceHarnesses();

  @AfterEach
  void closeHarnesses() throws Exception {
    harnesses.close();
  }

  @Test
  void everyFrameIsAccountedForWhenItsStreamEnds() throws Exception {
    var harness = harnesses.open(settings(new PixelDetector.Poison(5), 4));
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
    var before = harnesses.open(settings);
    for (int seq = 0; seq < 6; seq++) {
      before.processElement(frame("a", seq), seq);
    }
    before.prepareSnapshotPreBarrier(1);
    assertThat(before.getOutput()).hasSize(6);
    var state = before.snapshot(1, 1);
    assertThat(state.getStateSize()).isLessThan(1024);
    before.processElement(frame("a", 6), 6);

    var after = harnesses.restore(settings, state, 1, 0);
    after.processElement(frame("a", 6), 6);
    after.processElement(ended("a", 7), 7);
    after.prepareSnapshotPreBarrier(2);
    assertThat(after.getOutput()).hasSize(2);
    var ledger = ((StreamEvent) after.extractOutputValues().get(1)).ledger();
    assertThat(ledger.detected()).isEqualTo(7);
    assertThat(ledger.balances()).isTrue();
  }

  @Test
  void aStreamThatGoesOnInAnotherSubtaskKeepsItsLedgerThroughTwoRestores() throws Exception {
    var settings = settings(PixelDetector.factory(), 1);
    var first = harnesses.open(settings);
    first.processElement(frame("a", 0), 0);
    first.processElement(frame("b", 0), 0);
    first.prepareSnapshotPreBarrier(1);
    var state = first.snapshot(1, 1);

    var zero = harnesses.restore(settings, rescaled(state, 1, 2, 0), 2, 0);
    var one = harnesses.restore(settings, rescaled(state, 1, 2, 1), 2, 1);
    one.processElement(frame("b", 1), 1);
    one.processElement(ended("a", 1), 1);
    zero.prepareSnapshotPreBarrier(2);
    one.prepareSnapshotPreBarrier(2);
    assertThat(((StreamEvent) one.extractOutputValues().get(1)).ledger().detected()).isEqualTo(1);
    var both =
        OneInputStreamOperatorTestHarness.repackageState(zero.snapshot(2, 2), one.snapshot(2, 2));

    var last = harnesses.restore(settings, rescaled(both, 2, 1, 0), 1, 0);
    last.processElement(ended("b", 2), 2);
    last.prepareSnapshotPreBarrier(3);
    assertThat(((StreamEvent) last.extractOutputValues().get(0)).ledger().detected()).isEqualTo(2);
    var size = last.snapshot(3, 3).getStateSize();
    var again = harnesses.restore(settings, last.snapshot(4, 4), 1, 0);
    again.prepareSnapshotPreBarrier(5);
    assertThat(again.snapshot(5, 5).getStateSize())
        .as("marks of ended sessions are gone after a restore")
        .isLessThan(size);
  }

  private static OperatorSubtaskState rescaled(
      OperatorSubtaskState state, int from, int to, int index) {
    return OneInputStreamOperatorTestHarness.repartitionOperatorState(state, 8, from, to, index);
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
}
