package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.reader.CameraElement.Frame;
import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/** One camera's elements between its thread and the task's: few frames, as each is large. */
final class CameraQueue {

  private final Overload overload;
  private final int mostFrames;
  private final Runnable onAvailable;
  private final Deque<CameraElement> elements = new ArrayDeque<>();
  private int frames;
  private boolean closed;

  CameraQueue(Overload overload, int mostFrames, Runnable onAvailable) {
    this.overload = overload;
    this.mostFrames = mostFrames;
    this.onAvailable = onAvailable;
  }

  /**
   * Notices are never dropped and never wait.
   *
   * @return frames dropped for it: 0 or 1
   */
  int put(CameraElement element) throws InterruptedException {
    int dropped = add(element);
    onAvailable.run();
    return dropped;
  }

  private synchronized int add(CameraElement element) throws InterruptedException {
    boolean full = isFrame(element) && frames >= mostFrames;
    if (full && overload == Overload.BLOCK) {
      awaitRoom();
    }
    boolean drops = full && overload == Overload.LATEST;
    if (!closed) {
      elements.addLast(element);
      frames += isFrame(element) ? 1 : 0;
      if (drops) {
        dropOldestFrame();
      }
    }
    return drops ? 1 : 0;
  }

  private void awaitRoom() throws InterruptedException {
    while (frames >= mostFrames && !closed) {
      wait();
    }
  }

  /** What is counted in the frame goes to the element behind it, of which there is one. */
  private void dropOldestFrame() {
    var kept = new ArrayList<CameraElement>(elements.size());
    CameraCounts passedOn = CameraCounts.NONE;
    boolean dropped = false;
    for (var element : elements) {
      if (!dropped && isFrame(element)) {
        dropped = true;
        passedOn = element.counts().plus(new CameraCounts(0, 0, 1, 0));
      } else {
        kept.add(element.withMore(passedOn));
        passedOn = CameraCounts.NONE;
      }
    }
    elements.clear();
    elements.addAll(kept);
    frames--;
  }

  /** Failed frames hold no pixels, and are told. */
  private static boolean isFrame(CameraElement element) {
    return element instanceof Frame frame && frame.record() instanceof VideoFrame;
  }

  /** Null if there is none. */
  synchronized CameraElement poll() {
    var element = elements.pollFirst();
    if (element != null && isFrame(element)) {
      frames--;
      notifyAll();
    }
    return element;
  }

  synchronized boolean isEmpty() {
    return elements.isEmpty();
  }

  /** Has whoever takes from it look again. */
  void wake() {
    onAvailable.run();
  }

  /** Lets go whoever waits for room; nothing is taken in from now on. */
  synchronized void close() {
    closed = true;
    elements.clear();
    frames = 0;
    notifyAll();
  }
}
