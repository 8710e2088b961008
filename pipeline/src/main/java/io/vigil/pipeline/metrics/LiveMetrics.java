package io.vigil.pipeline.metrics;

import io.vigil.connectors.video.metrics.MetricNames;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What an inference operator tells of one live stream. Updated by the task's thread only. */
final class LiveMetrics {

  private static final int FRAMES_IN_HISTOGRAMS = 1000;

  private final Counter framesDetected;
  private final Counter framesOverload;
  private final Histogram captureToEvent;
  private final Histogram readerWait;
  private volatile long lastEvent = System.nanoTime();

  LiveMetrics(MetricGroup operator, String stream) {
    var group = operator.addGroup(MetricNames.STREAM, stream);
    framesDetected = group.counter(MetricNames.FRAMES_DETECTED);
    framesOverload = group.counter(MetricNames.FRAMES_OVERLOAD);
    captureToEvent = group.histogram(MetricNames.CAPTURE_TO_EVENT, lastFrames());
    readerWait = group.histogram(MetricNames.READER_WAIT, lastFrames());
    group.gauge(MetricNames.SILENT, (Gauge<Long>) () -> millisSince(lastEvent));
  }

  private static Histogram lastFrames() {
    return new DescriptiveStatisticsHistogram(FRAMES_IN_HISTOGRAMS);
  }

  private static long millisSince(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
  }

  void arrived(long decodedAt) {
    if (decodedAt != 0) {
      readerWait.update(millisSince(decodedAt));
    }
  }

  void superseded() {
    framesOverload.inc();
  }

  void eventSent(long capturedAt) {
    framesDetected.inc();
    lastEvent = System.nanoTime();
    captureToEvent.update(System.currentTimeMillis() - capturedAt);
  }
}
