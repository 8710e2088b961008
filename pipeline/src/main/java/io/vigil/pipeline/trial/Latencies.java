package io.vigil.pipeline.trial;

/** Latencies in milliseconds, each counted, so that any number of them takes the same memory. */
public final class Latencies {

  private static final int LONGEST = 120_000;

  private final int[] counts = new int[LONGEST + 1];
  private long total;

  void add(long millis) {
    counts[(int) Math.max(0, Math.min(LONGEST, millis))]++;
    total++;
  }

  /** Adds these to others. */
  public void addTo(Latencies sum) {
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
