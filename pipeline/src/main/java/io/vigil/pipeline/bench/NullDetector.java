package io.vigil.pipeline.bench;

import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.DetectorFactory;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/** Finds nothing, at once: what is left is what the pipeline costs. */
record NullDetector(ModelMetadata model) implements Detector {

  private static final Candidates NOTHING =
      new Candidates(new float[0], new int[0], new int[0], new float[0]);

  /**
   * Opens them.
   *
   * @param resolution longest side of the pictures
   */
  record Factory(int resolution) implements DetectorFactory {
    @Override
    public Detector open() {
      return new NullDetector(metadata(resolution));
    }
  }

  private static ModelMetadata metadata(int resolution) {
    return new ModelMetadata(
        "none",
        "none",
        resolution,
        128,
        3,
        7,
        4,
        List.of(new double[] {1, 1}),
        List.of(),
        new double[3],
        new double[3],
        "same",
        "-inf",
        1,
        "",
        false,
        "none",
        "Apache-2.0",
        "");
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    return Collections.nCopies(count, NOTHING);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
