package io.vigil.pipeline.operator;

import static io.vigil.pipeline.operator.InferenceHarnesses.NEVER;
import static io.vigil.pipeline.operator.InferenceHarnesses.frame;
import static io.vigil.pipeline.operator.InferenceHarnesses.seq;
import static io.vigil.pipeline.operator.InferenceHarnesses.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.testing.PixelDetector;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceOperatorTest {

  private final InferenceHarnesses harnesses = new InferenceHarnesses();

  @AfterEach
  void closeHarnesses() throws Exception {
    harnesses.close();
  }

  @Test
  void noWatermarkAndNoStatusOvertakesAFrame() throws Exception {
    var harness = harnesses.open(settings(PixelDetector.factory(), 4));
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
    var job = harnesses.open(settings(PixelDetector.factory(), 2));
    var settings = new StreamSettings(0.1, List.of("car", "toothbrush"), List.of());
    job.processElement(with(frame("a", 7), settings), 0);
    job.processElement(frame("b", 7), 0);
    job.prepareSnapshotPreBarrier(1);
    var wanted = new DetectionSettings(0.1f, 0.5f, 100, Set.of(1, 2), false, Convention.GOOGLE);
    var jobOfThose =
        harnesses.open(
            new InferenceSettings(PixelDetector.factory(), BatchSettings.of(1, NEVER), wanted));
    jobOfThose.processElement(frame("a", 7), 0);
    var jobOfOthers = harnesses.open(settings(PixelDetector.factory(), 1));
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
    var harness = harnesses.open(settings);
    for (int seq = 0; seq < 100; seq++) {
      harness.processElement(frame("a", seq), seq);
      assertThat(seq + 1 - harness.getOutput().size()).isLessThanOrEqualTo(settings.capacity());
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.getOutput()).hasSize(100);
    assertThat(harness.getOutput()).extracting(InferenceHarnesses::seq).isSorted();
  }

  @Test
  void theLastPartialBatchIsFlushedAtTheEndOfTheInput() throws Exception {
    var harness = harnesses.open(settings(PixelDetector.factory(), 8));
    harness.processElement(frame("a", 0), 0);
    harness.getOperator().finish();
    assertThat(harness.getOutput()).hasSize(1);
  }

  @Test
  void anEventIsAFunctionOfItsPictureAndNotOfItsCompany() throws Exception {
    var alone = harnesses.open(settings(PixelDetector.factory(), 1));
    var inCompany = harnesses.open(settings(PixelDetector.factory(), 8));
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
  void aBrokenDetectorFailsTheJobWithItsReason() throws Exception {
    var harness = harnesses.open(settings(new PixelDetector.Poison(1), 8));
    assertThatThrownBy(
            () -> {
              for (int seq = 0; seq < 100; seq++) {
                harness.processElement(frame("a", seq), seq);
              }
            })
        .hasStackTraceContaining(
            "Inference failed on 16 pictures in a row, with no success between")
        .hasStackTraceContaining("a picture is poisoned");
    harnesses.forget(harness);
    harness.getOperator().close();
  }
}
