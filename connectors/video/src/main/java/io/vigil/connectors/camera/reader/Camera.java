package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.metrics.CameraMetrics;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.reader.LetterboxSettings;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.metrics.MetricGroup;

/**
 * One camera in its reader. It holds watermarks back only while frames come: a camera that is dead,
 * or is not there yet, has no output.
 */
final class Camera {

  /** That wait to be emitted. */
  private static final int MOST_FRAMES = 2;

  private final String id;
  private final CameraQueue queue;
  private final CameraThread thread;
  private final CameraState state;
  private boolean hasOutput;

  Camera(
      CameraSplit split, LetterboxSettings letterbox, MetricGroup metrics, Runnable onAvailable) {
    id = split.splitId();
    queue = new CameraQueue(split.camera().overload(), MOST_FRAMES, onAvailable);
    state = new CameraState(split);
    thread = new CameraThread(split, letterbox, queue, new CameraMetrics(metrics, id));
  }

  String id() {
    return id;
  }

  CameraThread thread() {
    return thread;
  }

  boolean hasElement() {
    return !queue.isEmpty();
  }

  /**
   * @return whether there was anything to emit
   */
  boolean emit(ReaderOutput<VideoRecord> output) {
    var element = queue.poll();
    if (element == null) {
      return false;
    }
    var splitOutput = output.createOutputForSplit(id);
    hasOutput = true;
    var record = state.advance(element);
    splitOutput.collect(record, state.timestamp());
    if (record instanceof StreamNotice notice && isQuietAfter(notice.kind())) {
      splitOutput.markIdle();
      release(output);
    }
    return true;
  }

  private static boolean isQuietAfter(StreamNotice.Kind kind) {
    return switch (kind) {
      case ENDED, FAILED, STALLED -> true;
      case CONNECTED, RECONNECTED, GAP -> false;
    };
  }

  private void release(ReaderOutput<VideoRecord> output) {
    if (hasOutput) {
      // Only marked idle, Flink would take it for active again at its next periodic watermark.
      output.releaseOutputForSplit(id);
      hasOutput = false;
    }
  }

  CameraSplit toSplit() {
    return state.toSplit();
  }
}
