package io.vigil.pipeline.soak;

import io.vigil.faults.Clip;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;

/**
 * Many frames of many short files through a detector that takes no time.
 *
 * @param frames at least so many
 * @param folder for the broker, checkpoints and the clip
 */
public record FrameSoak(long frames, Path folder) {

  private static final int FRAMES_A_FILE = 48;
  private static final int SAMPLES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** As much of a reconnect, for each file that is opened. */
  private static final double MOST_KB = ReconnectSoak.MOST_KB / FRAMES_A_FILE;

  /** Returns whether nothing grew. */
  public boolean run(PrintWriter out) throws Exception {
    var files = new TreeMap<String, Path>();
    long count = (frames + FRAMES_A_FILE - 1) / FRAMES_A_FILE;
    for (int i = 0; i < count; i++) {
      files.put("file-" + i, Clip.H264.in(folder));
    }
    var detector = new TrialDetector.Factory("frames", Duration.ZERO);
    try (var job = new SoakJob(folder, Trials.files(files), Trials.inference(detector, 8), true)) {
      return run(job, count * FRAMES_A_FILE, out);
    }
  }

  private static boolean run(SoakJob job, long frames, PrintWriter out) throws Exception {
    var samples = new Samples(out, "frame");
    for (int i = 1; i <= SAMPLES; i++) {
      long wanted = frames * i / SAMPLES;
      if (!job.watch().await(PATIENCE, () -> job.watch().seen() >= wanted)) {
        throw new IllegalStateException(
            "%d of %d frames came; the job is %s"
                .formatted(job.watch().seen(), frames, job.job().status()));
      }
      samples.take(job.watch().seen());
    }
    return samples.judge(MOST_KB);
  }
}
