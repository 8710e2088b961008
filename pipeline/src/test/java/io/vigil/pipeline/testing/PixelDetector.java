package io.vigil.pipeline.testing;

import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.pipeline.batch.DetectorFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A cheap device whose candidates are a function of every pixel of a picture and of nothing else,
 * so that events show which picture they were made of.
 */
public final class PixelDetector implements Detector {

  /** Longest side of its pictures. */
  public static final int RESOLUTION = 128;

  private static final int CANDIDATES = 8;
  private static final List<Label> LABELS =
      List.of(new Label(1, "person"), new Label(3, "car"), new Label(90, "toothbrush"));
  private static final AnchorLayout LAYOUT = new AnchorLayout(3, 7, 4, 3, AnchorLayout.pairs());
  private static final ModelMetadata MODEL =
      new ModelMetadata(
          "pixels",
          "d0",
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
          true,
          "test",
          "Apache-2.0",
          "feed");

  private final Poison poison;

  /**
   * Fails pictures by their pixels.
   *
   * @param modulus a picture whose checksum is divisible by it fails; 0 fails none
   */
  public record Poison(int modulus) implements DetectorFactory {
    @Override
    public Detector open() {
      return new PixelDetector(this);
    }

    private boolean spoils(long checksum) {
      return modulus > 0 && checksum % modulus == 0;
    }
  }

  private PixelDetector(Poison poison) {
    this.poison = poison;
  }

  /** Opens one that fails on no picture. */
  public static DetectorFactory factory() {
    return new Poison(0);
  }

  @Override
  public ModelMetadata model() {
    return MODEL;
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    var results = new ArrayList<Candidates>();
    var anchors = Anchors.of(LAYOUT, height, width).count();
    var bytes = height * width * 3;
    for (int i = 0; i < count; i++) {
      var checksum = new CRC32();
      checksum.update(images.slice(i * bytes, bytes));
      if (poison.spoils(checksum.getValue())) {
        throw new DetectorException("a picture is poisoned");
      }
      results.add(candidates(new Random(checksum.getValue()), anchors));
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
  public void close() {}
}
