package io.vigil.model.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes the batches of the next steps while the network learns from one. */
final class Prefetch implements AutoCloseable {
  private static final int AHEAD = 3;

  private final BatchMaker maker;
  private final long end;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AHEAD,
          task -> {
            var thread = new Thread(task, "training-batches");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<Future<TrainingBatch>> coming = new ArrayDeque<>();
  private long next;

  /**
   * @param first step
   * @param end the step that is not made any more
   */
  Prefetch(BatchMaker maker, long first, long end) {
    this.maker = maker;
    this.next = first;
    this.end = end;
  }

  /** The next step's. */
  TrainingBatch take() {
    while (coming.size() <= AHEAD && next < end) {
      var step = next++;
      coming.add(threads.submit(() -> maker.step(step)));
    }
    try {
      return coming.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new TrainingException("A batch could not be made: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("Training was interrupted.", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
