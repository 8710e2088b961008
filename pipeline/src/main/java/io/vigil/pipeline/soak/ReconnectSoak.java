package io.vigil.pipeline.soak;

import io.vigil.faults.Clip;
import io.vigil.faults.Link;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Cameras that lose their connections again and again.
 *
 * @param reconnects in all
 * @param cameras that lose it at the same time
 * @param folder for the broker, checkpoints and the clip
 */
public record ReconnectSoak(int reconnects, int cameras, Path folder) {

  /** Of resident memory, a reconnect. */
  public static final double MOST_KB = 5;

  /** After a connection that lasted so long, the next attempt is made at once. */
  private static final Duration STABLE = Duration.ofMillis(10_500);

  private static final String FRAMES_A_SECOND = "5";

  /** Returns whether nothing grew by more than it may. */
  public boolean run(PrintWriter out) throws Exception {
    var detector = new TrialDetector.Factory("reconnects", Duration.ZERO);
    try (var server = RtspServer.start(Clip.H264.in(folder), "--fps", FRAMES_A_SECOND);
        var link = Link.to("127.0.0.1", server.port());
        var job =
            new SoakJob(
                folder,
                Trials.cameras(SoakJob.cameras(cameras, link.port())),
                Trials.inference(detector, 8),
                false)) {
      return run(job, link, out);
    }
  }

  private boolean run(SoakJob job, Link link, PrintWriter out) throws Exception {
    var samples = new Samples(out, "reconnect");
    for (int round = 1; (long) round * cameras <= reconnects + cameras; round++) {
      job.awaitSessions(cameras, round);
      samples.take((long) (round - 1) * cameras);
      job.watch().await(STABLE, () -> false);
      link.cut();
    }
    return samples.judge(MOST_KB);
  }
}
