package io.vigil.connectors.camera.metrics;

import io.vigil.connectors.video.metrics.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * What a reader counts of one camera, since it started. Written by the camera's thread alone. Their
 * names: {@link MetricNames}.
 */
public final class CameraMetrics {

  private final MetricGroup group;
  private final Counter framesDecoded;
  private final Counter framesSampledOut;
  private final Counter framesOverload;
  private final Counter framesFailed;
  private final Counter connections;
  private final Counter failures;

  public CameraMetrics(MetricGroup reader, String cameraId) {
    group = reader.addGroup(MetricNames.STREAM, cameraId);
    framesDecoded = group.counter(MetricNames.FRAMES_DECODED);
    framesSampledOut = group.counter(MetricNames.FRAMES_SAMPLED_OUT);
    framesOverload = group.counter(MetricNames.FRAMES_OVERLOAD);
    framesFailed = group.counter(MetricNames.FRAMES_FAILED);
    connections = group.counter(MetricNames.CONNECTIONS);
    failures = group.counter(MetricNames.FAILURES);
  }

  /** The camera is read no more, and its metrics are shown no more. */
  public void close() {
    if (group instanceof AbstractMetricGroup<?> closeable) {
      closeable.close();
    }
  }

  public void frameDecoded() {
    framesDecoded.inc();
  }

  public void frameSampledOut() {
    framesSampledOut.inc();
  }

  public void framesDropped(int frames) {
    framesOverload.inc(frames);
  }

  public void frameFailed() {
    framesFailed.inc();
  }

  public void connected() {
    connections.inc();
  }

  public void failed() {
    failures.inc();
  }
}
