package io.vigil.pipeline.metrics;

import io.vigil.pipeline.batch.BatchReport;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What an inference operator tells of itself, each subtask its own share. Full paths: {@code
 * <host>.taskmanager.<id>.<job>.inference.<subtask>.<name>}. Updated by the task's thread only.
 */
public final class InferenceMetrics {

  /** Frames taken in. */
  public static final String FRAMES_IN = "framesIn";

  /** Frames that the network or post-processing failed on. */
  public static final String FRAMES_FAILED = "framesFailed";

  /**
   * Frames whose last candidate still had a score above the threshold, so that the network may have
   * had more than it gave: a model exported with a larger K would say.
   */
  public static final String FRAMES_TRUNCATED = "framesTruncated";

  /** Batches in which the subtask had frames. */
  public static final String BATCHES = "batches";

  /** Pictures in a batch in percent of its size; histogram over the last batches. */
  public static final String BATCH_FILL = "batchFillPercent";

  /** Of a batch on the device, in milliseconds; histogram over the last batches. */
  public static final String INFERENCE_TIME = "inferenceTimeMillis";

  /** Elements that have come in and not left: frames, and what waits behind them. */
  public static final String QUEUE_LENGTH = "queueLength";

  /** Wait of frames until their batch was closed, summed. */
  public static final String BATCH_WAIT_NANOS = "batchWaitNanos";

  /** Wait of closed batches until the device was free. */
  public static final String DEVICE_WAIT_NANOS = "deviceWaitNanos";

  /** Copying of frames into batches. */
  public static final String COPY_NANOS = "copyNanos";

  /** Device time; of a batch shared with other subtasks, the share of the subtask's frames. */
  public static final String INFERENCE_NANOS = "inferenceNanos";

  /** Boxes, NMS and making of events. */
  public static final String POST_PROCESSING_NANOS = "postProcessingNanos";

  /** Wait of finished frames for those before them, summed. */
  public static final String ORDER_WAIT_NANOS = "orderWaitNanos";

  /** Serialising and sending of events. */
  public static final String EMIT_NANOS = "emitNanos";

  private static final int BATCHES_IN_HISTOGRAMS = 1000;

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
    this.batchSize = batchSize;
    framesIn = group.counter(FRAMES_IN);
    framesFailed = group.counter(FRAMES_FAILED);
    framesTruncated = group.counter(FRAMES_TRUNCATED);
    batches = group.counter(BATCHES);
    batchFill = histogram(group, BATCH_FILL);
    inferenceTime = histogram(group, INFERENCE_TIME);
    batchWait = group.counter(BATCH_WAIT_NANOS);
    deviceWait = group.counter(DEVICE_WAIT_NANOS);
    copying = group.counter(COPY_NANOS);
    inference = group.counter(INFERENCE_NANOS);
    postProcessing = group.counter(POST_PROCESSING_NANOS);
    orderWait = group.counter(ORDER_WAIT_NANOS);
    emit = group.counter(EMIT_NANOS);
    group.gauge(QUEUE_LENGTH, (Gauge<Integer>) queueLength::getAsInt);
  }

  private static Histogram histogram(MetricGroup group, String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(BATCHES_IN_HISTOGRAMS));
  }

  public void frameArrived() {
    framesIn.inc();
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
