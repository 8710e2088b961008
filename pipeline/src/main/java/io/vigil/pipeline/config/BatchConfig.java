package io.vigil.pipeline.config;

import java.time.Duration;

/**
 * How frames are gathered before they go through the network.
 *
 * @param size most frames of a batch
 * @param timeout longest time that a frame waits for others
 * @param concurrent batches that the device computes at once; on a GPU, two copy while one is
 *     computed
 * @param padded whether a partial batch is filled up, so that a GPU gives a frame the same values
 *     in any company; slower, and on a CPU without use
 */
public record BatchConfig(int size, Duration timeout, int concurrent, boolean padded) {

  static BatchConfig read(Section section) {
    var config =
        new BatchConfig(
            section.integer("size", 4, 1, 256, "most frames that go through the network at once"),
            section.duration(
                "timeout",
                Duration.ofMillis(50),
                Duration.ZERO,
                "longest time that a frame waits for others"),
            section.integer("concurrent", 1, 1, 16, "batches that the device computes at once"),
            section.flag("padded", false, "fill up partial batches, for equal values on a GPU"));
    section.refuseUnknown();
    return config;
  }
}
