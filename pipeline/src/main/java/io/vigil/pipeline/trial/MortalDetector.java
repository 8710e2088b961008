package io.vigil.pipeline.trial;

import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.DetectorFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Another detector, until it is told to die, which ends the job once. */
public final class MortalDetector implements Detector {

  private static final Set<String> DYING = ConcurrentHashMap.newKeySet();

  /** Opens them. */
  public record Factory(String name, DetectorFactory other) implements DetectorFactory {
    @Override
    public Detector open() {
      return new MortalDetector(name, other.open());
    }
  }

  private final String name;
  private final Detector other;

  private MortalDetector(String name, Detector other) {
    this.name = name;
    this.other = other;
  }

  /** The next batch of one of that name ends its job. */
  public static void die(String name) {
    DYING.add(name);
  }

  @Override
  public ModelMetadata model() {
    return other.model();
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    if (DYING.remove(name)) {
      throw new AssertionError("the device died, as it was told to");
    }
    return other.infer(images, count, height, width);
  }

  @Override
  public void close() {
    other.close();
  }
}
