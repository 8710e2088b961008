package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.enumerator.CameraEvent;
import io.vigil.connectors.camera.enumerator.CameraEvent.Gone;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each of its cameras in a thread of its own and emits what they give in turn, in the task's
 * thread, which never waits for any of them.
 */
public final class CameraSourceReader implements SourceReader<VideoRecord, CameraSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(CameraSourceReader.class);
  private static final Duration WATCH_INTERVAL = Duration.ofMillis(100);

  /** FFmpeg looks every 0.1 s whether to go on. */
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(1500);

  /** No camera's id, as it is not valid in one. */
  private static final String REFUSALS = "\0refusals";

  private final LetterboxSettings letterbox;
  private final SourceReaderContext context;
  private final ScheduledExecutorService watch;
  private final Queue<CameraEvent.Refused> refusals = new ArrayDeque<>();
  private volatile List<Camera> cameras = List.of();
  private int turn;
  private boolean resting;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  public CameraSourceReader(LetterboxSettings letterbox, SourceReaderContext context) {
    this.letterbox = letterbox;
    this.context = context;
    watch = Executors.newSingleThreadScheduledExecutor(CameraSourceReader::watchThread);
  }

  private static Thread watchThread(Runnable watching) {
    var thread = new Thread(watching, "watch of cameras");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    long millis = WATCH_INTERVAL.toMillis();
    watch.scheduleWithFixedDelay(this::watchCameras, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void watchCameras() {
    try {
      for (var camera : cameras) {
        camera.thread().watch(System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void addSplits(List<CameraSplit> splits) {
    var more = new ArrayList<>(cameras);
    for (var split : splits) {
      var camera = new Camera(split, letterbox, context.metricGroup(), this::elementCame);
      more.add(camera);
      camera.start();
    }
    cameras = List.copyOf(more);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof CameraEvent.Refused refused) {
      refusals.add(refused);
      elementCame();
    } else if (event instanceof CameraEvent.Removed removed) {
      find(removed.cameraId()).ifPresent(Camera::remove);
    } else if (event instanceof CameraEvent.Changed changed) {
      find(changed.camera().id())
          .ifPresentOrElse(
              camera -> camera.change(changed.camera()),
              () -> addSplits(List.of(CameraSplit.unread(changed.camera()))));
    }
  }

  private Optional<Camera> find(String id) {
    return cameras.stream().filter(camera -> camera.id().equals(id)).findFirst();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<VideoRecord> output) {
    if (!refusals.isEmpty()) {
      tell(refusals.remove(), output);
    } else {
      emit(output);
    }
    forgetDone(output);
    restWithCameras(output);
    return hasWork() ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
  }

  /** Through an output of its own, which holds nobody's watermark back. */
  private static void tell(CameraEvent.Refused refused, ReaderOutput<VideoRecord> output) {
    var once = output.createOutputForSplit(REFUSALS);
    once.collect(
        new StreamNotice(
            refused.cameraId(),
            refused.id(),
            StreamNotice.Kind.REFUSED,
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            refused.reason()),
        System.currentTimeMillis());
    once.markIdle();
    output.releaseOutputForSplit(REFUSALS);
  }

  private void emit(ReaderOutput<VideoRecord> output) {
    for (int i = 0; i < cameras.size(); i++) {
      turn = (turn + 1) % cameras.size();
      if (cameras.get(turn).emit(output)) {
        return;
      }
    }
  }

  private void forgetDone(ReaderOutput<VideoRecord> output) {
    var done = cameras.stream().filter(Camera::isDone).toList();
    if (!done.isEmpty()) {
      done.forEach(camera -> camera.close(output));
      cameras = cameras.stream().filter(camera -> !done.contains(camera)).toList();
      done.forEach(camera -> context.sendSourceEventToCoordinator(new Gone(camera.id())));
    }
  }

  /**
   * Where no camera gives anything, event time must not wait for this reader. Flink takes a reader
   * for idle only if its own output is, too, and not just those of its splits.
   */
  private void restWithCameras(ReaderOutput<VideoRecord> output) {
    boolean flowing = cameras.stream().anyMatch(Camera::isFlowing);
    if (!flowing && !resting) {
      output.markIdle();
    }
    resting = !flowing;
  }

  private boolean hasWork() {
    return !refusals.isEmpty() || cameras.stream().anyMatch(Camera::hasWork);
  }

  private void elementCame() {
    CompletableFuture<Void> future;
    synchronized (this) {
      future = available;
    }
    future.complete(null);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> future;
    synchronized (this) {
      if (available.isDone()) {
        available = new CompletableFuture<>();
      }
      future = available;
    }
    // What came before the new future was there has completed the old one.
    if (hasWork()) {
      future.complete(null);
    }
    return future;
  }

  @Override
  public List<CameraSplit> snapshotState(long checkpointId) {
    return cameras.stream().map(Camera::toSplit).toList();
  }

  @Override
  public void notifyNoMoreSplits() {
    // Cameras do not end.
  }

  @Override
  public void close() {
    watch.shutdownNow();
    cameras.forEach(camera -> camera.thread().stop());
    try {
      awaitThreads();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitThreads() throws InterruptedException {
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    for (var camera : cameras) {
      var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!camera.thread().await(left)) {
        LOG.warn(
            "Camera {} hangs where it cannot be interrupted; its thread ends by itself when that"
                + " does",
            camera.id());
      }
    }
  }
}
