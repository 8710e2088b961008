package io.vigil.pipeline.batch;

import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.DeviceOutOfMemoryException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches on a detector and answers every request once. A batch that fails is tried again
 * picture by picture, so that one bad picture fails alone; one that does not fit into the device's
 * memory is halved, and so are all after it. Safe for use by several threads, each with a {@link
 * Buffer} of its own.
 */
final class BatchRunner {

  /** Pictures that fail one after another, with no success between, before the job is stopped. */
  static final int MOST_FAILURES_IN_A_ROW = 16;

  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private final Detector detector;
  private final BatchSettings settings;
  private final Semaphore runs;
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private volatile int limit;

  BatchRunner(Detector detector, BatchSettings settings) {
    this.detector = detector;
    this.settings = settings;
    this.runs = new Semaphore(settings.concurrentRuns(), true);
    this.limit = settings.size();
  }

  /** Most pictures that are known to fit, no more than the size that was set. */
  int limit() {
    return limit;
  }

  /**
   * Answers every request.
   *
   * @param deviceDone called when the device is free again, before the requests are answered
   * @return what the batch took
   * @throws DetectorException if so many pictures failed one after another that the detector must
   *     be broken
   */
  Timing run(List<InferenceRequest> batch, Buffer buffer, Runnable deviceDone) {
    var timing = new Timing();
    attempt(batch, buffer, timing, deviceDone);
    return timing;
  }

  private void attempt(
      List<InferenceRequest> batch, Buffer buffer, Timing timing, Runnable deviceDone) {
    int most = limit; // read once: another thread may lower it meanwhile
    if (batch.size() > most) {
      deviceDone.run();
      attemptInParts(batch, most, buffer, timing);
      return;
    }
    int count = settings.padded() ? most : batch.size();
    List<Candidates> candidates;
    try {
      candidates = infer(batch, count, buffer, timing);
    } catch (DeviceOutOfMemoryException e) {
      retrySmaller(batch, count, buffer, timing, e);
      return;
    } catch (RuntimeException e) {
      retryAlone(batch, buffer, timing, e);
      return;
    } finally {
      deviceDone.run();
    }
    answer(batch, candidates, timing);
  }

  /**
   * @param count pictures that there was no memory for, those of the padding included
   */
  private void retrySmaller(
      List<InferenceRequest> batch,
      int count,
      Buffer buffer,
      Timing timing,
      DeviceOutOfMemoryException cause) {
    if (count == 1) {
      fail(batch.get(0), cause);
    } else {
      lowerLimit(count / 2, cause);
      attemptInParts(batch, count / 2, buffer, timing);
    }
  }

  private void retryAlone(
      List<InferenceRequest> batch, Buffer buffer, Timing timing, RuntimeException cause) {
    if (batch.size() == 1) {
      fail(batch.get(0), cause);
    } else {
      LOG.warn(
          "A batch of {} pictures failed; trying each alone. It is of {}",
          batch.size(),
          streams(batch),
          cause);
      attemptInParts(batch, 1, buffer, timing);
    }
  }

  private static String streams(List<InferenceRequest> batch) {
    return batch.stream()
        .map(InferenceRequest::stream)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void attemptInParts(
      List<InferenceRequest> batch, int most, Buffer buffer, Timing timing) {
    for (int start = 0; start < batch.size(); start += most) {
      var part = batch.subList(start, Math.min(start + most, batch.size()));
      attempt(part, buffer, timing, () -> {});
    }
  }

  private List<Candidates> infer(
      List<InferenceRequest> batch, int count, Buffer buffer, Timing timing) {
    var height = batch.get(0).height();
    var width = batch.get(0).width();
    var copyStart = System.nanoTime();
    var images = buffer.fill(batch, count * height * width * 3);
    timing.copying += System.nanoTime() - copyStart;
    runs.acquireUninterruptibly();
    var start = System.nanoTime();
    timing.began = timing.began == 0 ? start : timing.began;
    try {
      return checked(detector.infer(images, count, height, width), count, batch.size());
    } finally {
      runs.release();
      timing.inference += System.nanoTime() - start;
    }
  }

  private static List<Candidates> checked(List<Candidates> results, int count, int wanted) {
    if (results.size() != count) {
      throw new DetectorException(
          "The detector was given %d pictures and returned %d results"
              .formatted(count, results.size()));
    }
    return results.subList(0, wanted);
  }

  private void answer(List<InferenceRequest> batch, List<Candidates> candidates, Timing timing) {
    failuresInARow.set(0);
    var start = System.nanoTime();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).succeeded(candidates.get(i));
    }
    timing.answering += System.nanoTime() - start;
  }

  private void fail(InferenceRequest request, RuntimeException cause) {
    request.failed(cause);
    if (failuresInARow.incrementAndGet() >= MOST_FAILURES_IN_A_ROW) {
      throw new DetectorException(
          ("Inference failed on %d pictures in a row, with no success between, so it is the model"
                  + " or the device that is broken, not a picture. The job stops rather than pass"
                  + " over every frame; mend the cause and start it again. The last failure: %s")
              .formatted(MOST_FAILURES_IN_A_ROW, cause.getMessage()),
          cause);
    }
  }

  private synchronized void lowerLimit(int half, RuntimeException cause) {
    if (half < limit) {
      LOG.warn("Batches are cut from {} to {} pictures: {}", limit, half, cause.getMessage());
      if (settings.padded()) {
        LOG.warn(
            "From here on a GPU may round otherwise; set batch.size to {} for equal runs", half);
      }
      limit = half;
    }
  }

  /** What a batch took, in nanoseconds; began is the time of the clock. */
  static final class Timing {
    long began;
    long copying;
    long inference;
    long answering;
  }

  /** Direct memory that is kept from batch to batch. */
  static final class Buffer {
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    private ByteBuffer fill(List<InferenceRequest> batch, int length) {
      if (bytes.capacity() < length) {
        bytes = ByteBuffer.allocateDirect(length);
      }
      bytes.clear().limit(length);
      batch.forEach(request -> bytes.put(request.rgb()));
      return bytes.rewind();
    }
  }
}
