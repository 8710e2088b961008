package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.metrics.CameraMetrics;
import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraPosition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.StreamLog;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.decode.ReadInterrupt;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Reads one camera for as long as the job runs, connection after connection. No error of the camera
 * leaves it, so others go on.
 */
final class CameraThread implements Runnable {

  /** A connection that lasted so long was none of a series of failures. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  private final CameraDefinition camera;
  private final CameraPosition restored;
  private final LetterboxSettings letterbox;
  private final CameraQueue queue;
  private final CameraMetrics metrics;
  private final LastFrame last;
  private final BackOff backOff = new BackOff(() -> ThreadLocalRandom.current().nextDouble());
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile CameraSession session;
  private volatile ReadInterrupt interrupt;
  private volatile String farewell = "";
  private volatile boolean over;
  private boolean farewellTold;
  private String lastFailure = "";

  CameraThread(
      CameraSplit split, LetterboxSettings letterbox, CameraQueue queue, CameraMetrics metrics) {
    this.camera = split.camera();
    this.restored = split.position();
    this.letterbox = letterbox;
    this.queue = queue;
    this.metrics = metrics;
    this.last = new LastFrame(split.position());
    this.thread = new Thread(this, camera.toString());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    StreamLog.enter(camera.id());
    try {
      endRestoredSession();
      while (!isStopped()) {
        var attempt = newSession();
        connect(attempt);
        if (attempt.lasted(STABLE)) {
          backOff.reset();
        }
        stopped.await(backOff.next().toMillis(), TimeUnit.MILLISECONDS);
      }
      if (!farewell.isEmpty() && !farewellTold) {
        newSession().end(StreamNotice.Kind.ENDED, farewell);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      queue.wake();
      StreamLog.leave();
    }
  }

  private CameraSession newSession() {
    return new CameraSession(camera, letterbox, queue, last, metrics);
  }

  /** Its connection was lost with the job that had it. */
  private void endRestoredSession() throws InterruptedException {
    if (restored.open()) {
      farewellTold = !farewell.isEmpty();
      queue.put(
          new CameraElement.Notice(
              restored.session(),
              StreamNotice.Kind.ENDED,
              farewellTold
                  ? farewell
                  : "the job was restored; what came since its checkpoint is told as a gap",
              null,
              CameraCounts.NONE,
              System.currentTimeMillis()));
    }
  }

  private void connect(CameraSession attempt) throws InterruptedException {
    try (var decoder = open()) {
      session = attempt;
      lastFailure = "";
      attempt.read(decoder);
      end(attempt, "the server closed the connection; it is connected to again");
    } catch (VideoException e) {
      fail(attempt, e.getMessage());
    } catch (RuntimeException | Error e) {
      // FFmpeg's and OpenCV's own, thrown through JavaCPP; no memory, or no library. A thread that
      // ended of it would leave its camera unread for as long as the job runs, and untold.
      fail(attempt, camera + ": cannot be read on: " + e);
    } finally {
      session = null;
      metrics.disconnected();
    }
  }

  private VideoDecoder open() throws VideoException {
    var input = CameraInputs.of(camera, ended);
    var newInterrupt = new ReadInterrupt();
    interrupt = newInterrupt;
    if (isStopped()) {
      newInterrupt.raise();
    }
    return VideoDecoder.open(input, newInterrupt);
  }

  private void end(CameraSession attempt, String detail) throws InterruptedException {
    farewellTold = !farewell.isEmpty();
    attempt.end(StreamNotice.Kind.ENDED, farewellTold ? farewell : detail);
  }

  /** A reason that keeps it from being connected to is told once, not at each attempt. */
  private void fail(CameraSession attempt, String reason) throws InterruptedException {
    boolean wasConnected = session != null;
    if (!farewell.isEmpty()) {
      // The reason is that its read was ended.
      if (wasConnected) {
        end(attempt, farewell);
      }
      return;
    }
    metrics.failed();
    if (wasConnected || !reason.equals(lastFailure)) {
      attempt.end(StreamNotice.Kind.FAILED, reason + "; it is tried again");
    }
    lastFailure = wasConnected ? "" : reason;
  }

  /** Tells if the camera has stalled. */
  void watch(long now) throws InterruptedException {
    var current = session;
    if (current != null) {
      current.watch(now);
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Ends it in good order: what it has read is emitted, and then its end, for that reason. Does not
   * wait for it.
   */
  void retire(String reason) {
    farewell = reason;
    stopped.countDown();
    endRead();
  }

  /** Nothing comes from it any more but what is in the queue. */
  boolean isOver() {
    return over;
  }

  /** Ends it, even out of a read that hangs; does not wait for it. */
  void stop() {
    stopped.countDown();
    queue.close();
    endRead();
  }

  private void endRead() {
    ended.complete(null);
    var current = interrupt;
    if (current != null) {
      current.raise();
    }
  }

  /**
   * @return whether it has ended
   */
  boolean await(Duration time) throws InterruptedException {
    thread.join(Math.max(1, time.toMillis()));
    return !thread.isAlive();
  }
}
