package io.vigil.pipeline.testing;

import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.batch.DetectorFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sees a person wherever a picture has another colour than the one that it is filled up with. */
public final class PresenceDetector implements Detector {

  /** Of {@link DetectionRun}. */
  private static final byte[] FILL = {124, 116, 104};

  /** The smallest anchors of the finest level; others are as good. */
  private static final int EVERY_NTH_ANCHOR = 9;

  private final Detector pixels = PixelDetector.factory().open();

  private PresenceDetector() {}

  /** Opens one. */
  public record Factory() implements DetectorFactory {
    @Override
    public Detector open() {
      return new PresenceDetector();
    }
  }

  @Override
  public ModelMetadata model() {
    return pixels.model();
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    var anchors = Anchors.of(model().anchorLayout(), height, width);
    var results = new ArrayList<Candidates>();
    for (int i = 0; i < count; i++) {
      var picture = images.slice(i * height * width * 3, height * width * 3);
      results.add(candidates(picture, anchors, height, width));
    }
    return results;
  }

  private static Candidates candidates(ByteBuffer rgb, Anchors anchors, int height, int width) {
    var seen =
        IntStream.range(0, (height / 8) * (width / 8))
            .map(place -> place * EVERY_NTH_ANCHOR)
            .filter(anchor -> isSeen(rgb, anchors, anchor, width))
            .toArray();
    var logits = new float[seen.length];
    for (int i = 0; i < seen.length; i++) {
      logits[i] = 3 - i / 1000f;
    }
    return new Candidates(logits, new int[seen.length], seen, new float[4 * seen.length]);
  }

  private static boolean isSeen(ByteBuffer rgb, Anchors anchors, int anchor, int width) {
    int x = (int) anchors.get(anchor).centreX();
    int y = (int) anchors.get(anchor).centreY();
    int at = 3 * (y * width + x);
    return IntStream.range(0, 3).anyMatch(channel -> rgb.get(at + channel) != FILL[channel]);
  }

  @Override
  public void close() {
    pixels.close();
  }
}
