package io.vigil.pipeline.metrics;

import io.vigil.connectors.video.metrics.StreamGroup;
import io.vigil.connectors.video.metrics.VigilMetric;
import io.vigil.connectors.video.split.FrameReasons;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What an inference operator tells of one stream. Updated by the task's thread only. */
final class StreamMetrics {

  private static final String INFERENCE = "inference";
  private static final String POST_PROCESSING = "postprocessing";

  private final StreamGroup group;
  private final Counter framesDetected;
  private final Histogram queueTime;
  private final Histogram batchWait;
  private final Histogram postProcessingTime;
  private final Histogram decodeToEvent;
  private Histogram captureToEvent;
  private volatile long lastEvent = System.nanoTime();

  StreamMetrics(MetricGroup operator, String stream) {
    group = new StreamGroup(operator, stream);
    framesDetected = group.counter(VigilMetric.FRAMES_DETECTED);
    group.failed(INFERENCE);
    group.failed(POST_PROCESSING);
    queueTime = group.histogram(VigilMetric.QUEUE_TIME);
    batchWait = group.histogram(VigilMetric.BATCH_WAIT);
    postProcessingTime = group.histogram(VigilMetric.POST_PROCESSING_TIME);
    decodeToEvent = group.histogram(VigilMetric.DECODE_TO_EVENT);
    group.gauge(
        VigilMetric.SILENT, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastEvent));
  }

  /**
   * @param decodedAt 0 if it is not known
   */
  void arrived(long decodedAt, boolean perishable) {
    updateSince(queueTime, decodedAt);
    if (perishable) {
      group.dropped(FrameReasons.OVERLOAD);
    }
  }

  void superseded() {
    group.dropped(FrameReasons.OVERLOAD).inc();
  }

  void detected() {
    framesDetected.inc();
  }

  void failed(String stage) {
    group.failed(stage).inc();
  }

  void eventSent(FrameTimes times) {
    lastEvent = System.nanoTime();
    batchWait.update(TimeUnit.NANOSECONDS.toMicros(times.batchWait()));
    postProcessingTime.update(TimeUnit.NANOSECONDS.toMicros(times.postProcessing()));
    updateSince(decodeToEvent, times.decodedAt());
    if (times.captured() != null) {
      if (captureToEvent == null) {
        captureToEvent = group.histogram(VigilMetric.CAPTURE_TO_EVENT);
      }
      long millis = System.currentTimeMillis() - times.captured().epochMillis();
      captureToEvent.update(TimeUnit.MILLISECONDS.toMicros(millis));
    }
  }

  private static void updateSince(Histogram histogram, long nanoTime) {
    if (nanoTime != 0) {
      histogram.update(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - nanoTime));
    }
  }

  void close() {
    group.close();
  }
}
