package io.vigil.connectors.camera.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a reader counts of one camera, since it started. Written by the camera's thread alone.
 *
 * <p>Full names: {@code <host>.taskmanager.<id>.<job>.<source>.<subtask>.camera.<camera's
 * id>.<name>}.
 */
public final class CameraMetrics {

  /** Group of all of these, with the camera's id as its value. */
  public static final String GROUP = "camera";

  /** Frames that came out of the decoder. */
  public static final String FRAMES_DECODED = "framesDecoded";

  /** Of these, frames passed over by sampling. */
  public static final String FRAMES_SAMPLED_OUT = "framesSampledOut";

  /** Of these, frames dropped because later ones came before they were taken. */
  public static final String FRAMES_OVERLOAD = "framesOverload";

  /** Of these, frames that could not be converted. */
  public static final String FRAMES_FAILED = "framesFailed";

  /** Connections that were made. */
  public static final String CONNECTIONS = "connections";

  /** Connections, or attempts at one, that failed. */
  public static final String FAILURES = "failures";

  private final Counter framesDecoded;
  private final Counter framesSampledOut;
  private final Counter framesOverload;
  private final Counter framesFailed;
  private final Counter connections;
  private final Counter failures;

  public CameraMetrics(MetricGroup reader, String cameraId) {
    var group = reader.addGroup(GROUP, cameraId);
    framesDecoded = group.counter(FRAMES_DECODED);
    framesSampledOut = group.counter(FRAMES_SAMPLED_OUT);
    framesOverload = group.counter(FRAMES_OVERLOAD);
    framesFailed = group.counter(FRAMES_FAILED);
    connections = group.counter(CONNECTIONS);
    failures = group.counter(FAILURES);
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
