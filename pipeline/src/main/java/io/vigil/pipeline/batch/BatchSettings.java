package io.vigil.pipeline.batch;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;

/**
 * How pictures are gathered in front of a detector. Nothing here changes a value on the CPU.
 *
 * @param size most pictures in a batch
 * @param timeout longest wait of a picture for its batch to fill while the device is idle
 * @param inFlight batches that are copied, inferred or post-processed at once; with two, the next
 *     is ready when the device becomes free
 * @param concurrentRuns batches that the device infers at once; 1 where they would share its cores
 * @param padded gives the network {@code size} pictures always, the last of a partial batch without
 *     meaning: on a GPU, whose arithmetic changes with the batch, a picture's values then do not
 *     depend on its company. What does not fit into the device's memory is halved all the same
 */
public record BatchSettings(
    int size, Duration timeout, int inFlight, int concurrentRuns, boolean padded)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a value is out of its range; names every such value
   */
  public BatchSettings {
    var problems = new ArrayList<String>();
    require(problems, size >= 1, "size is " + size + ", allowed: 1 or more");
    require(problems, !timeout.isNegative(), "timeout is " + timeout + ", allowed: 0 or more");
    require(problems, inFlight >= 1, "inFlight is " + inFlight + ", allowed: 1 or more");
    require(
        problems,
        concurrentRuns >= 1 && concurrentRuns <= inFlight,
        "concurrentRuns is " + concurrentRuns + ", allowed: 1 to inFlight, which is " + inFlight);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Batch settings: " + String.join("; ", problems));
    }
  }

  /** Two batches in flight, one of them on the device. */
  public static BatchSettings of(int size, Duration timeout) {
    return new BatchSettings(size, timeout, 2, 1, false);
  }

  /** The same, but for whether partial batches are filled up. */
  public BatchSettings withPadded(boolean fillUp) {
    return new BatchSettings(size, timeout, inFlight, concurrentRuns, fillUp);
  }

  /** The same, but for how many batches the device computes at once; one more is made ready. */
  public BatchSettings withConcurrent(int runs) {
    return new BatchSettings(size, timeout, runs + 1, runs, padded);
  }

  private static void require(ArrayList<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
