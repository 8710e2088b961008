package io.vigil.pipeline.metrics;

import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.metrics.MetricNames;
import io.vigil.pipeline.batch.BatchReport;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What an inference operator tells of itself, each subtask its own share. Updated by the task's
 * thread only. Their names: {@link MetricNames}.
 */
public final class InferenceMetrics {

  private static final int BATCHES_IN_HISTOGRAMS = 1000;

  private final MetricGroup group;
  private final Map<String, LiveMetrics> streams = new HashMap<>();
  private final int batchSize;
  private final Counter framesIn;
  private final Counter framesFailed;
  private final Counter framesTruncated;
  private final Counter batches;
  private final Histogram batchFill;
  private final Histogram inferenceTime;
  private final Counter batchWait;
  private final Counter deviceWait;
  private final Counter copying;
  private final Counter inference;
  private final Counter postProcessing;
  private final Counter orderWait;
  private final Counter emit;

  public InferenceMetrics(MetricGroup group, int batchSize, IntSupplier queueLength) {
    this.group = group;
    this.batchSize = batchSize;
    framesIn = group.counter(MetricNames.FRAMES_IN);
    framesFailed = group.counter(MetricNames.FRAMES_FAILED);
    framesTruncated = group.counter(MetricNames.FRAMES_TRUNCATED);
    batches = group.counter(MetricNames.BATCHES);
    batchFill = histogram(group, MetricNames.BATCH_FILL);
    inferenceTime = histogram(group, MetricNames.INFERENCE_TIME);
    batchWait = group.counter(MetricNames.BATCH_WAIT_NANOS);
    deviceWait = group.counter(MetricNames.DEVICE_WAIT_NANOS);
    copying = group.counter(MetricNames.COPY_NANOS);
    inference = group.counter(MetricNames.INFERENCE_NANOS);
    postProcessing = group.counter(MetricNames.POST_PROCESSING_NANOS);
    orderWait = group.counter(MetricNames.ORDER_WAIT_NANOS);
    emit = group.counter(MetricNames.EMIT_NANOS);
    group.gauge(MetricNames.QUEUE_LENGTH, (Gauge<Integer>) queueLength::getAsInt);
  }

  private static Histogram histogram(MetricGroup group, String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(BATCHES_IN_HISTOGRAMS));
  }

  public void frameArrived(VideoFrame frame) {
    framesIn.inc();
    if (frame.captureTime() != null) {
      of(frame.streamId()).arrived(frame.decodedAt());
    }
  }

  /** A perishable frame gave way to a later one. */
  public void frameSuperseded(String stream) {
    of(stream).superseded();
  }

  /**
   * @param capturedAt milliseconds since 1970
   */
  public void liveEventSent(String stream, long capturedAt) {
    of(stream).eventSent(capturedAt);
  }

  /** Of live streams alone: there are few, and they last. */
  private LiveMetrics of(String stream) {
    return streams.computeIfAbsent(stream, id -> new LiveMetrics(group, id));
  }

  public void frameFailed() {
    framesFailed.inc();
  }

  public void frameTruncated() {
    framesTruncated.inc();
  }

  public void eventSent(long orderWaitNanos, long emitNanos) {
    orderWait.inc(orderWaitNanos);
    emit.inc(emitNanos);
  }

  public void batchAnswered(BatchReport report) {
    batches.inc();
    batchFill.update(100L * report.batchFrames() / batchSize);
    inferenceTime.update(report.inference() / 1_000_000);
    batchWait.inc(report.waiting());
    deviceWait.inc(share(report, report.ready()));
    copying.inc(share(report, report.copying()));
    inference.inc(share(report, report.inference()));
    postProcessing.inc(share(report, report.answering()));
  }

  private static long share(BatchReport report, long nanos) {
    return nanos * report.frames() / report.batchFrames();
  }
}
