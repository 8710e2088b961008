package io.vigil.pipeline.metrics;

import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.metrics.StreamsInMetrics;
import io.vigil.connectors.video.metrics.VigilMetric;
import io.vigil.model.runtime.DeviceMemory;
import io.vigil.pipeline.batch.BatchReport;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an inference operator tells of itself, each subtask its own share. Updated by the task's
 * thread only. What each means: {@link VigilMetric}.
 */
public final class InferenceMetrics {

  private final MetricGroup group;
  private final StreamsInMetrics<StreamMetrics> streams;
  private final int batchSize;
  private final Counter framesIn;
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
    streams = new StreamsInMetrics<>(id -> new StreamMetrics(group, id), StreamMetrics::close);
    framesIn = VigilMetric.FRAMES_IN.counter(group);
    framesTruncated = VigilMetric.FRAMES_TRUNCATED.counter(group);
    batches = VigilMetric.BATCHES.counter(group);
    batchFill = VigilMetric.BATCH_FILL.histogram(group);
    inferenceTime = VigilMetric.INFERENCE_TIME.histogram(group);
    batchWait = VigilMetric.BATCH_WAIT_NANOS.counter(group);
    deviceWait = VigilMetric.DEVICE_WAIT_NANOS.counter(group);
    copying = VigilMetric.COPY_NANOS.counter(group);
    inference = VigilMetric.INFERENCE_NANOS.counter(group);
    postProcessing = VigilMetric.POST_PROCESSING_NANOS.counter(group);
    orderWait = VigilMetric.ORDER_WAIT_NANOS.counter(group);
    emit = VigilMetric.EMIT_NANOS.counter(group);
    VigilMetric.QUEUE_LENGTH.gauge(group, queueLength::getAsInt);
  }

  /** The device tells of its memory. */
  public void tell(Supplier<DeviceMemory> memory) {
    VigilMetric.DEVICE_MEMORY_USED.gauge(group, () -> memory.get().used());
    VigilMetric.DEVICE_MEMORY_TOTAL.gauge(group, () -> memory.get().total());
  }

  public void frameArrived(VideoFrame frame) {
    framesIn.inc();
    streams.of(frame.streamId()).arrived(frame.decodedAt(), frame.perishable());
  }

  /** A perishable frame gave way to a later one. */
  public void frameSuperseded(String stream) {
    streams.of(stream).superseded();
  }

  public void frameDetected(String stream) {
    streams.of(stream).detected();
  }

  public void frameFailed(String stream, String stage) {
    streams.of(stream).failed(stage);
  }

  public void frameTruncated() {
    framesTruncated.inc();
  }

  /** Of a frame, whether something was detected or it failed. */
  public void eventSent(String stream, FrameTimes times) {
    orderWait.inc(times.orderWait());
    emit.inc(times.emit());
    streams.of(stream).eventSent(times);
  }

  /** What happened to a stream was told. */
  public void told(StreamNotice notice) {
    switch (notice.kind()) {
      case ENDED, FAILED -> streams.ended(notice.streamId());
      case CONNECTED, RECONNECTED, STALLED, GAP, REFUSED -> {
        // The stream goes on, or there is none.
      }
    }
  }

  public void batchAnswered(BatchReport report) {
    batches.inc();
    batchFill.update(100L * report.batchFrames() / batchSize);
    inferenceTime.update(TimeUnit.NANOSECONDS.toMicros(report.inference()));
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
