package io.vigil.pipeline.soak;

import io.vigil.pipeline.soak.Trend.Point;
import io.vigil.pipeline.trial.EventWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Samples of a soak, told as they are taken, and their trends at the end. */
final class Samples {

  private static final int FEWEST = 4;

  /** What the first part of a run does is to fill caches and pools. */
  private static final double WARM_UP = 0.25;

  private final PrintWriter out;
  private final String step;
  private final List<Sample> taken = new ArrayList<>();

  /**
   * @param step what is counted, one of them
   */
  Samples(PrintWriter out, String step) {
    this.out = out;
    this.step = step;
    out.printf(
        "%12s %12s %10s %10s %8s %6s  %s%n",
        step + "s", "resident kB", "heap kB", "native kB", "threads", "files", "load");
  }

  void take(long steps) throws IOException {
    var sample = Sample.take(steps);
    taken.add(sample);
    out.printf(
        Locale.ROOT,
        "%12d %12d %10d %10d %8d %6d  %s%n",
        sample.steps(),
        sample.residentKb(),
        sample.heapKb(),
        sample.nativeKb(),
        sample.threads(),
        sample.files(),
        EventWatch.load());
    out.flush();
  }

  /**
   * Tells the trends after the warm-up.
   *
   * @param mostResidentKb that may be added by each step
   * @return whether nothing grows by more than it may
   */
  boolean judge(double mostResidentKb) {
    var settled = taken.subList((int) (WARM_UP * taken.size()), taken.size());
    if (settled.size() < FEWEST) {
      out.println("too few samples for a trend; let it run longer");
      return false;
    }
    boolean good = judge("resident kB", settled, Sample::residentKb, mostResidentKb);
    good &= judge("heap kB", settled, Sample::heapKb, mostResidentKb);
    good &= judge("native kB", settled, Sample::nativeKb, mostResidentKb);
    // A pool may open one more at last; what leaks one now and then opens several.
    double oneInAll = 1.0 / (settled.get(settled.size() - 1).steps() - settled.get(0).steps());
    good &= judge("threads", settled, Sample::threads, oneInAll);
    good &= judge("files", settled, Sample::files, oneInAll);
    out.flush();
    return good;
  }

  private boolean judge(
      String what, List<Sample> samples, ToDoubleFunction<Sample> value, double most) {
    var trend =
        Trend.of(
            samples.stream()
                .map(sample -> new Point(sample.steps(), value.applyAsDouble(sample)))
                .toList());
    boolean good = !trend.risesBy(most);
    out.printf(
        Locale.ROOT,
        "%s a %s: %.5f, standard error %.5f (at most %.5f): %s%n",
        what,
        step,
        trend.slope(),
        trend.error(),
        most,
        good ? "met" : "GROWS");
    return good;
  }
}
