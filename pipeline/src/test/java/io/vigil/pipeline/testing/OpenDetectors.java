package io.vigil.pipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.pipeline.batch.SharedDetectors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The detectors that jobs in this process hold. */
public final class OpenDetectors {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private OpenDetectors() {}

  /** Waits until all are closed: a job that was cancelled closes its own a little later. */
  public static void awaitNone() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (count() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(count()).isZero();
  }

  private static int count() {
    return SharedDetectors.ofProcess().openCount();
  }
}
