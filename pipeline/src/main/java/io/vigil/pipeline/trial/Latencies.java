package io.vigil.pipeline.trial;

import java.util.Arrays;

/** Latencies in milliseconds, each counted, so that memory is bounded by the longest. */
public final class Latencies {

  private static final int LONGEST = 120_000;

  private int[] counts = new int[0];
  private long total;

  void add(long millis) {
    int place = (int) Math.max(0, Math.min(LONGEST, millis));
    reach(place + 1);
    counts[place]++;
    total++;
  }

  private void reach(int length) {
    if (length > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(length, 2 * counts.length));
    }
  }

  /** Adds these to others. */
  public void addTo(Latencies sum) {
    sum.reach(counts.length);
    for (int i = 0; i < counts.length; i++) {
      sum.counts[i] += counts[i];
    }
    sum.total += total;
  }

  public long count() {
    return total;
  }

  /**
   * @param share from 0 to 1
   * @return milliseconds that this share of them does not exceed; 0 if there are none
   */
  public int quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int millis = 0; millis < counts.length; millis++) {
      seen += counts[millis];
      if (seen >= wanted && seen > 0) {
        return millis;
      }
    }
    return 0;
  }
}
