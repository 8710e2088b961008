package io.vigil.pipeline.chaos;

import io.vigil.pipeline.trial.EventWatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * A live job of many cameras, with a fault every so often, drawn by chance.
 *
 * @param folder for the broker, checkpoints and clips
 */
public record ChaosSoak(int cameras, Duration length, Duration pause, long seed, Path folder) {

  /** Returns whether all that was promised held after every fault. */
  public boolean run(PrintWriter out) throws Exception {
    var chance = new Random(seed);
    var faults = LiveFaults.all();
    long end = System.nanoTime() + length.toNanos();
    int broken = 0;
    int count = 0;
    try (var rig = LiveRig.start(folder, false, cameras)) {
      while (System.nanoTime() - end < 0) {
        long next = System.nanoTime() + pause.toNanos();
        var fault = faults.get(chance.nextInt(faults.size()));
        var verdict = new LiveTrial(rig, fault).run();
        count++;
        broken += verdict.isGood() ? 0 : 1;
        out.printf(
            Locale.ROOT, "%4d  %s; %s%n", count, verdict.text(fault.name()), EventWatch.load());
        out.flush();
        rig.watch().await(Duration.ofNanos(Math.max(0, next - System.nanoTime())), () -> false);
      }
      out.printf(
          Locale.ROOT,
          "%d cameras, %d faults, %d frames, %d restarts: %s%n",
          cameras,
          count,
          rig.watch().seen(),
          rig.job().restarts(),
          broken == 0 ? "all that was promised held" : broken + " times something did not hold");
    }
    out.flush();
    return broken == 0;
  }
}
