package io.vigil.pipeline.testing;

import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.DetectorFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A device that takes its time over each picture, so that checkpoints happen meanwhile, and dies
 * once when it is told to.
 */
public final class PacedDetector implements Detector {

  private static final Map<String, Control> CONTROLS = new ConcurrentHashMap<>();
  private static final Duration USUAL_PACE = Duration.ofMillis(3);

  /** What a test sees of the devices of one name and tells them. */
  public static final class Control {
    private final AtomicInteger pictures = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile Duration pace = USUAL_PACE;
    private volatile boolean dying;

    /** What a picture takes from now on. */
    public void pace(Duration picture) {
      pace = picture;
    }

    /** Pictures taken in by all devices of the name. */
    public int pictures() {
      return pictures.get();
    }

    /** Devices of the name that were opened. */
    public int opened() {
      return opened.get();
    }

    /** The next batch ends the job, once. */
    public void die() {
      dying = true;
    }
  }

  /** Opens devices of a name. */
  public record Factory(String name) implements DetectorFactory {
    @Override
    public Detector open() {
      var control = control(name);
      control.opened.incrementAndGet();
      return new PacedDetector(control);
    }
  }

  private final Detector pixels = PixelDetector.factory().open();
  private final Control control;

  private PacedDetector(Control control) {
    this.control = control;
  }

  public static Control control(String name) {
    return CONTROLS.computeIfAbsent(name, key -> new Control());
  }

  @Override
  public ModelMetadata model() {
    return pixels.model();
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    if (control.dying) {
      control.dying = false;
      throw new AssertionError("the device died, as this test wants it to");
    }
    control.pictures.addAndGet(count);
    LockSupport.parkNanos(count * control.pace.toNanos());
    return pixels.infer(images, count, height, width);
  }

  @Override
  public void close() {
    pixels.close();
  }
}
