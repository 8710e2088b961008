package io.vigil.pipeline.batch;

import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.DeviceMemory;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.BatchQueue.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Gathers the pictures of all its owners (the operator's subtasks in a task manager) into batches
 * of one shape for one detector, and keeps several batches in flight, so that the device has its
 * next batch while the last one is made into events.
 *
 * <pre>{@code
 * var batcher = new Batcher(detector, BatchSettings.of(8, Duration.ofMillis(20)));
 * var owner = batcher.register(listener);
 * owner.submit(request); // answered on another thread
 * owner.flush(); // whatever waits is not to wait for more
 * owner.close(); // withdraws what has not been answered
 * }</pre>
 *
 * <p>Every request is answered once, gives way to a later one if it is perishable and the device
 * busy, or is withdrawn with its owner. A bad picture fails alone; {@value
 * BatchRunner#MOST_FAILURES_IN_A_ROW} that fail one after another break the batcher, which tells
 * all owners.
 */
public final class Batcher implements AutoCloseable {

  private final Detector detector;
  private final BatchSettings settings;
  private final BatchRunner runner;
  private final BatchQueue<Owner> queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Owner> owners = new HashSet<>();
  private final List<Thread> workers;
  private int onDevice;
  private boolean closed;
  private RuntimeException broken;

  /**
   * @param detector stays its opener's to close, after the batcher
   */
  public Batcher(Detector detector, BatchSettings settings) {
    this.detector = detector;
    this.settings = settings;
    this.runner = new BatchRunner(detector, settings);
    this.queue = new BatchQueue<>(settings.timeout().toNanos());
    this.workers = IntStream.range(0, settings.inFlight()).mapToObj(this::worker).toList();
    workers.forEach(Thread::start);
  }

  private Thread worker(int index) {
    var thread = new Thread(this::work, "vigil-inference-" + index);
    thread.setDaemon(true);
    return thread;
  }

  public ModelMetadata model() {
    return detector.model();
  }

  /** Asks the device anew each time; empty if it does not tell. */
  public Optional<Supplier<DeviceMemory>> deviceMemory() {
    return detector.memory();
  }

  /**
   * @throws RuntimeException what broke the batcher, if it is broken
   */
  public Owner register(BatchListener listener) {
    lock.lock();
    try {
      requireUsable();
      var owner = new Owner(listener);
      owners.add(owner);
      return owner;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has told its owners that nothing more will be answered. */
  public boolean isBroken() {
    lock.lock();
    try {
      return broken != null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the batches on the device; what waits is not answered. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    joinUninterruptibly();
  }

  private void joinUninterruptibly() {
    var interrupted = false;
    for (var worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireUsable() {
    if (broken != null) {
      throw broken;
    }
    if (closed) {
      throw new IllegalStateException("The batcher is closed");
    }
  }

  private void work() {
    var buffer = new BatchRunner.Buffer();
    try {
      for (var batch = next(); !batch.isEmpty(); batch = next()) {
        run(batch, buffer);
      }
    } catch (RuntimeException e) {
      breakDown(e);
    } catch (Throwable e) {
      breakDown(new DetectorException("Inference ended by " + e, e));
      throw e;
    }
  }

  private List<Waiting<Owner>> next() {
    lock.lock();
    try {
      while (!closed && broken == null) {
        var deviceIdle = onDevice < settings.concurrentRuns();
        var batch = queue.take(System.nanoTime(), deviceIdle, runner.limit());
        if (!batch.isEmpty()) {
          onDevice++;
          wakeOthers();
          return batch;
        }
        await(deviceIdle);
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void await(boolean deviceIdle) {
    var nanos = deviceIdle ? queue.untilDue(System.nanoTime()) : Long.MAX_VALUE;
    try {
      if (nanos == Long.MAX_VALUE) {
        changed.await();
      } else {
        changed.await(nanos, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      throw new DetectorException("The inference thread was interrupted", e);
    }
  }

  /** What is left may be ready too, or must be watched by another worker until it is due. */
  private void wakeOthers() {
    if (!queue.isEmpty()) {
      changed.signalAll();
    }
  }

  private void deviceDone() {
    lock.lock();
    try {
      onDevice--;
      wakeOthers();
    } finally {
      lock.unlock();
    }
  }

  private void run(List<Waiting<Owner>> batch, BatchRunner.Buffer buffer) {
    var taken = System.nanoTime();
    batch.forEach(waiting -> waiting.request().batched(taken - waiting.since()));
    var requests = batch.stream().map(Waiting::request).toList();
    var timing = runner.run(requests, buffer, this::deviceDone);
    var shares = new LinkedHashMap<Owner, List<Waiting<Owner>>>();
    batch.forEach(
        waiting -> shares.computeIfAbsent(waiting.owner(), key -> new ArrayList<>()).add(waiting));
    shares.forEach((owner, share) -> owner.answered(report(share, batch.size(), taken, timing)));
  }

  private static BatchReport report(
      List<Waiting<Owner>> share, int batchFrames, long taken, BatchRunner.Timing timing) {
    return new BatchReport(
        share.size(),
        batchFrames,
        share.stream().mapToLong(waiting -> taken - waiting.since()).sum(),
        Math.max(0, timing.began - taken - timing.copying),
        timing.copying,
        timing.inference,
        timing.answering);
  }

  private void breakDown(RuntimeException cause) {
    List<Owner> told;
    lock.lock();
    try {
      broken = broken == null ? cause : broken;
      told = List.copyOf(owners);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    told.forEach(owner -> owner.broken(cause));
  }

  /** One subtask's way in. Its pictures are taken in the order of their submission. */
  public final class Owner implements AutoCloseable {
    private final BatchListener listener;
    private volatile boolean gone;

    private Owner(BatchListener listener) {
      this.listener = listener;
    }

    /**
     * @throws RuntimeException what broke the batcher, if it is broken
     */
    public void submit(InferenceRequest request) {
      var superseded = add(request).superseded();
      if (superseded != null) {
        superseded.superseded();
      }
    }

    private BatchQueue.Added add(InferenceRequest request) {
      lock.lock();
      try {
        requireUsable();
        var added = queue.add(this, request, System.nanoTime(), runner.limit());
        if (added.wakes()) {
          changed.signalAll();
        }
        return added;
      } finally {
        lock.unlock();
      }
    }

    /**
     * What the owner has submitted goes to the device as soon as that is free. Of what is
     * perishable only as much as is in a batch, or a flush would take as long as there are streams.
     *
     * @throws RuntimeException what broke the batcher, if it is broken
     */
    public void flush() {
      List<InferenceRequest> superseded;
      lock.lock();
      try {
        requireUsable();
        superseded = queue.shorten(this, runner.limit());
        queue.hurry(this);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      superseded.forEach(InferenceRequest::superseded);
    }

    /** Withdraws what waits; what is on the device is no longer told of. */
    @Override
    public void close() {
      lock.lock();
      try {
        gone = true;
        owners.remove(this);
        queue.withdraw(this);
      } finally {
        lock.unlock();
      }
    }

    private void answered(BatchReport report) {
      if (!gone) {
        listener.answered(report);
      }
    }

    private void broken(RuntimeException cause) {
      if (!gone) {
        listener.broken(cause);
      }
    }
  }
}
