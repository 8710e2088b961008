package io.vigil.pipeline.soak;

import io.vigil.connectors.camera.source.CameraSource;
import io.vigil.faults.Clip;
import io.vigil.faults.RtspServer;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.job.ConfiguredJob;
import io.vigil.pipeline.job.ModelDetector;
import io.vigil.pipeline.trial.MortalDetector;
import io.vigil.pipeline.trial.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A job with a real network, which fails and is restarted again and again in this process.
 *
 * @param folder for the broker, checkpoints and the clip
 */
public record RestartSoak(int restarts, ModelFiles.Resolved model, Path folder) {

  private static final int CAMERAS = 2;

  /** A megabyte each would be a model that stays. */
  private static final double MOST_KB = 500;

  private static final String NAME = "restarts";

  /** Returns whether nothing grew by more than it may. */
  public boolean run(PrintWriter out) throws Exception {
    DetectorFactory network = new ModelDetector(DetectorSettings.onCpu(model.path()));
    var mortal = new MortalDetector.Factory(NAME, network);
    try (var server = RtspServer.start(Clip.H264.in(folder))) {
      var cameras =
          CameraSource.of(
              SoakJob.cameras(CAMERAS, server.port()),
              ConfiguredJob.letterbox(model.metadata(), false));
      try (var job = new SoakJob(folder, cameras, Trials.inference(mortal, 2), false)) {
        return run(job, out);
      }
    }
  }

  private boolean run(SoakJob job, PrintWriter out) throws Exception {
    var samples = new Samples(out, "restart");
    for (int restart = 0; restart <= restarts; restart++) {
      job.awaitSessions(CAMERAS, restart + 1);
      samples.take(restart);
      MortalDetector.die(NAME);
    }
    return samples.judge(MOST_KB);
  }
}
