package io.vigil.connectors.camera.metrics;

import io.vigil.connectors.video.metrics.StreamGroup;
import io.vigil.connectors.video.metrics.VigilMetric;
import io.vigil.connectors.video.split.FrameReasons;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a reader tells of one camera. Written by the camera's thread alone, but for {@link
 * #stalled}, which is the watch's. What each means: {@link VigilMetric}.
 */
public final class CameraMetrics {

  private final StreamGroup group;
  private final Counter framesDecoded;
  private final Counter framesSampledOut;
  private final Counter framesOverload;
  private final Counter framesFailed;
  private final Histogram decodeTime;
  private final Histogram letterboxTime;
  private final Counter connections;
  private final Counter reconnects;
  private final Counter failures;
  private final Counter stalls;
  private volatile boolean connected;

  public CameraMetrics(MetricGroup reader, String cameraId) {
    group = new StreamGroup(reader, cameraId);
    framesDecoded = group.counter(VigilMetric.FRAMES_DECODED);
    framesSampledOut = group.dropped(FrameReasons.SAMPLING);
    framesOverload = group.dropped(FrameReasons.OVERLOAD);
    framesFailed = group.failed(FrameReasons.LETTERBOX);
    decodeTime = group.histogram(VigilMetric.DECODE_TIME);
    letterboxTime = group.histogram(VigilMetric.LETTERBOX_TIME);
    connections = group.counter(VigilMetric.CONNECTIONS);
    reconnects = group.counter(VigilMetric.RECONNECTS);
    failures = group.counter(VigilMetric.CONNECTION_FAILURES);
    stalls = group.counter(VigilMetric.STALLS);
    group.gauge(VigilMetric.CONNECTED, () -> connected ? 1 : 0);
  }

  /** The camera is read no more, and its metrics are shown no more. */
  public void close() {
    group.close();
  }

  /**
   * @param nanos without the wait for its packets
   */
  public void frameDecoded(long nanos) {
    framesDecoded.inc();
    decodeTime.update(TimeUnit.NANOSECONDS.toMicros(nanos));
  }

  public void frameLetterboxed(long nanos) {
    letterboxTime.update(TimeUnit.NANOSECONDS.toMicros(nanos));
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

  /**
   * @param again whether there was a connection before
   */
  public void connected(boolean again) {
    connected = true;
    connections.inc();
    if (again) {
      reconnects.inc();
    }
  }

  public void disconnected() {
    connected = false;
  }

  public void failed() {
    failures.inc();
  }

  public void stalled() {
    stalls.inc();
  }
}
