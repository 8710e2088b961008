package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.metrics.CameraMetrics;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.reader.LetterboxSettings;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.metrics.MetricGroup;

/**
 * One camera in its reader, in the task's thread. It holds watermarks back only while frames come:
 * a camera that is dead, or is not there yet, has no output.
 */
final class Camera {

  private static final String REMOVED = "the camera was removed";

  /** That wait to be emitted. */
  private static final int MOST_FRAMES = 2;

  private final String id;
  private final LetterboxSettings letterbox;
  private final CameraMetrics metrics;
  private final Runnable onAvailable;
  private final CameraState state;
  private CameraQueue queue;
  private volatile CameraThread thread;

  /** Once its thread has ended, it goes on by the state's definition. */
  private boolean changing;

  private boolean flowing;

  Camera(
      CameraSplit split, LetterboxSettings letterbox, MetricGroup metrics, Runnable onAvailable) {
    this.id = split.splitId();
    this.letterbox = letterbox;
    this.metrics = new CameraMetrics(metrics, id);
    this.onAvailable = onAvailable;
    this.state = new CameraState(split);
  }

  String id() {
    return id;
  }

  CameraThread thread() {
    return thread;
  }

  void start() {
    var split = state.toSplit();
    queue = new CameraQueue(split.camera().overload(), MOST_FRAMES, onAvailable);
    thread = new CameraThread(split, letterbox, queue, metrics);
    if (split.retired()) {
      thread.retire(REMOVED);
    }
    thread.start();
  }

  /** Ends its session, and then itself. */
  void remove() {
    state.retire();
    changing = false;
    thread.retire(REMOVED);
  }

  /** Ends its session, and goes on in another. */
  void change(CameraDefinition definition) {
    state.change(definition);
    changing = true;
    thread.retire("the camera's definition was changed; it is connected to again");
  }

  boolean hasWork() {
    return !queue.isEmpty() || isDone() || changing && thread.isOver();
  }

  /** It was removed, and all has been told. */
  boolean isDone() {
    return state.isRetired() && thread.isOver() && queue.isEmpty();
  }

  /**
   * @return whether there was anything to emit
   */
  boolean emit(ReaderOutput<VideoRecord> output) {
    // Asked for before the queue is: what comes last comes before the thread is over.
    boolean over = thread.isOver();
    var element = queue.poll();
    if (element == null) {
      goOn(over);
      return false;
    }
    var splitOutput = output.createOutputForSplit(id);
    flowing = true;
    var record = state.advance(element);
    splitOutput.collect(record, state.timestamp());
    if (record instanceof StreamNotice notice && isQuietAfter(notice.kind())) {
      release(output);
    }
    return true;
  }

  private void goOn(boolean over) {
    if (changing && over) {
      changing = false;
      start();
    }
  }

  private static boolean isQuietAfter(StreamNotice.Kind kind) {
    return switch (kind) {
      case ENDED, FAILED, STALLED -> true;
      case CONNECTED, RECONNECTED, GAP, REFUSED -> false;
    };
  }

  /** Whether event time waits for it. */
  boolean isFlowing() {
    return flowing;
  }

  /** After {@link #isDone}. */
  void close(ReaderOutput<VideoRecord> output) {
    release(output);
    metrics.close();
  }

  private void release(ReaderOutput<VideoRecord> output) {
    // Flink makes an output for each split that it gives, and releases only what is there.
    output.createOutputForSplit(id).markIdle();
    // Only marked idle, Flink would take it for active again at its next periodic watermark.
    output.releaseOutputForSplit(id);
    flowing = false;
  }

  CameraSplit toSplit() {
    return state.toSplit();
  }
}
