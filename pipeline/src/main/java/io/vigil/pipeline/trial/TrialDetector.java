package io.vigil.pipeline.trial;

import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DeviceOutOfMemoryException;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.pipeline.batch.DetectorFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * A device that takes its time, has as much memory as it is told, and whose findings are a function
 * of every pixel, so that events show which picture they were made of.
 */
public final class TrialDetector implements Detector {

  /** Longest side of its pictures. */
  public static final int RESOLUTION = 128;

  private static final int CANDIDATES = 8;
  private static final List<Label> LABELS = List.of(new Label(1, "person"), new Label(3, "car"));
  private static final AnchorLayout LAYOUT = new AnchorLayout(3, 7, 4, 3, AnchorLayout.pairs());
  private static final ModelMetadata MODEL =
      new ModelMetadata(
          "trial",
          "none",
          RESOLUTION,
          128,
          LAYOUT.minLevel(),
          LAYOUT.maxLevel(),
          LAYOUT.anchorScale(),
          LAYOUT.aspectRatios(),
          LABELS,
          new double[3],
          new double[3],
          "same",
          "-inf",
          CANDIDATES + 1,
          "00",
          false,
          "none",
          "Apache-2.0",
          "trial");

  private static final Map<String, Control> CONTROLS = new ConcurrentHashMap<>();

  /** What is seen of the devices of one name, and what they are told. */
  public static final class Control {
    private final AtomicInteger largest = new AtomicInteger();
    private volatile int memory = Integer.MAX_VALUE;

    /**
     * @param pictures most that there is memory for, at once
     */
    public void memoryFor(int pictures) {
      memory = pictures;
    }

    /** Pictures of the largest batch that was inferred since this was asked for the last time. */
    public int largestBatch() {
      return largest.getAndSet(0);
    }
  }

  /**
   * Opens devices of a name.
   *
   * @param picture what each picture takes
   */
  public record Factory(String name, Duration picture) implements DetectorFactory {
    @Override
    public Detector open() {
      return new TrialDetector(control(name), picture);
    }
  }

  /**
   * Opens a device for each task: task managers in one process each have their own, as they do on
   * machines of their own. Equal to nothing but itself.
   */
  public static final class OnePerTask implements DetectorFactory {
    private static final long serialVersionUID = 1L;
    private final Factory factory;

    public OnePerTask(Factory factory) {
      this.factory = factory;
    }

    @Override
    public Detector open() {
      return factory.open();
    }
  }

  private final Control control;
  private final Duration picture;

  private TrialDetector(Control control, Duration picture) {
    this.control = control;
    this.picture = picture;
  }

  public static Control control(String name) {
    return CONTROLS.computeIfAbsent(name, key -> new Control());
  }

  @Override
  public ModelMetadata model() {
    return MODEL;
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    long end = System.nanoTime() + count * picture.toNanos();
    if (count > control.memory) {
      throw new DeviceOutOfMemoryException("no memory for " + count + " pictures", null);
    }
    control.largest.accumulateAndGet(count, Math::max);
    var results = new ArrayList<Candidates>();
    int bytes = height * width * 3;
    int anchors = Anchors.of(LAYOUT, height, width).count();
    for (int i = 0; i < count; i++) {
      var checksum = new CRC32();
      checksum.update(images.slice(i * bytes, bytes));
      results.add(candidates(new Random(checksum.getValue()), anchors));
    }
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return results;
  }

  private static Candidates candidates(Random random, int anchors) {
    var logits = new float[CANDIDATES];
    var classes = new int[CANDIDATES];
    var rows = new int[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      logits[i] = 3 - i;
      classes[i] = random.nextInt(LABELS.size());
      rows[i] = random.nextInt(anchors);
    }
    return new Candidates(logits, classes, rows, new float[4 * CANDIDATES]);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
