package io.vigil.connectors.video.metrics;

import io.vigil.connectors.video.metrics.VigilMetric.Scope;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/** The metrics of one stream in one operator. */
public final class StreamGroup implements AutoCloseable {

  private static final String REASON = "reason";
  private static final String STAGE = "stage";

  private final MetricGroup group;
  private final Map<String, Counter> dropped = new HashMap<>();
  private final Map<String, Counter> failed = new HashMap<>();

  public StreamGroup(MetricGroup operator, String streamId) {
    group = VigilMetric.streamGroup(operator, streamId);
  }

  public Counter counter(VigilMetric metric) {
    return metric.registerCounter(metric.requireScope(Scope.STREAM, group));
  }

  public Histogram histogram(VigilMetric metric) {
    return metric.registerHistogram(metric.requireScope(Scope.STREAM, group));
  }

  public void gauge(VigilMetric metric, Gauge<? extends Number> gauge) {
    metric.registerGauge(metric.requireScope(Scope.STREAM, group), gauge);
  }

  /**
   * Of {@link VigilMetric#FRAMES_DROPPED}; there from the first asking, so that it grows from 0.
   */
  public Counter dropped(String reason) {
    return dropped.computeIfAbsent(
        reason, value -> lost(VigilMetric.FRAMES_DROPPED, Scope.STREAM_REASON, REASON, value));
  }

  /** Of {@link VigilMetric#FRAMES_FAILED}; there from the first asking, so that it grows from 0. */
  public Counter failed(String stage) {
    return failed.computeIfAbsent(
        stage, value -> lost(VigilMetric.FRAMES_FAILED, Scope.STREAM_STAGE, STAGE, value));
  }

  private Counter lost(VigilMetric metric, Scope scope, String label, String value) {
    return metric.registerCounter(metric.requireScope(scope, group).addGroup(label, value));
  }

  /** They are shown no more. */
  @Override
  public void close() {
    if (group instanceof AbstractMetricGroup<?> closeable) {
      closeable.close();
    }
  }
}
