package io.vigil.pipeline.evaluate;

import io.vigil.connectors.video.decode.StillPicture;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.PostProcessor;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.CocoEvaluation;
import io.vigil.model.evaluate.EvaluationException;
import io.vigil.model.evaluate.ScoredBox;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.job.ConfiguredJob;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far one detector is from another that should give the same: another device, another
 * precision, other batches.
 *
 * <pre>{@code
 * var found = Comparison.of(onCpu, onGpu, 8, pictures);
 * assert found.logits() < 1e-3;
 * }</pre>
 *
 * @param pictures that were compared
 * @param shared share of the reference's candidates that the other gave too
 * @param logits largest difference of a shared candidate's logit
 * @param regression largest difference of one of its box regressions (ty, tx, th, tw)
 * @param referenceAp AP of the reference's detections against the best of themselves
 * @param otherAp AP of the other's against the same
 */
public record Comparison(
    int pictures,
    double shared,
    double logits,
    double regression,
    double referenceAp,
    double otherAp) {

  /** So many of a picture on average, the best of all, are taken for what there is to find. */
  private static final int OBJECTS = 20;

  private static final DetectionSettings SETTINGS = DetectionSettings.withScore(0);

  /**
   * @param batch how often the other is given a picture at once; its last answer counts
   * @param pictures files
   * @throws EvaluationException if the models are not for the same pictures, anchors and classes,
   *     or a picture cannot be read
   */
  public static Comparison of(Detector reference, Detector other, int batch, List<Path> pictures) {
    requireComparable(reference.model(), other.model());
    var run = new Run(reference.model());
    for (var picture : pictures) {
      run.compare(reference, other, batch, picture);
    }
    return run.result();
  }

  private static void requireComparable(ModelMetadata one, ModelMetadata other) {
    boolean comparable =
        one.labels().equals(other.labels())
            && one.resolution() == other.resolution()
            && one.sizeMultiple() == other.sizeMultiple()
            && one.minLevel() == other.minLevel()
            && one.maxLevel() == other.maxLevel()
            && one.anchorScale() == other.anchorScale()
            && Arrays.deepEquals(one.aspectRatios().toArray(), other.aspectRatios().toArray());
    if (!comparable) {
      throw new EvaluationException(
          "%s and %s differ in pictures, anchors or classes, so their outputs say nothing of each other"
              .formatted(one.name(), other.name()));
    }
  }

  /** What is gathered picture by picture. */
  private static final class Run {
    private final ModelMetadata model;
    private final PostProcessor postProcessor = new PostProcessor(SETTINGS);
    private final List<CocoData.Image> images = new ArrayList<>();
    private final List<ScoredBox> ofReference = new ArrayList<>();
    private final List<ScoredBox> ofOther = new ArrayList<>();
    private long candidates;
    private long shared;
    private double logits;
    private double regression;
    private ByteBuffer copies = ByteBuffer.allocateDirect(0);

    Run(ModelMetadata model) {
      this.model = model;
    }

    void compare(Detector reference, Detector other, int batch, Path file) {
      var picture = Evaluation.read(file);
      var letterboxes = ConfiguredJob.letterbox(model, false);
      var letterbox = letterboxes.letterbox(picture.width(), picture.height());
      var pixels = picture.letterbox(letterbox, letterboxes.fill());
      copies = filled(batch, pixels);
      int height = letterbox.height();
      int width = letterbox.width();
      var expected = reference.infer(copies, 1, height, width).get(0);
      var given = other.infer(copies, batch, height, width).get(batch - 1);
      measure(expected, given);
      var anchors = Anchors.of(model.anchorLayout(), height, width);
      var image = image(file, picture);
      postProcessor
          .detect(expected, anchors, letterbox)
          .forEach(detection -> ofReference.add(Evaluation.box(image, model, detection)));
      postProcessor
          .detect(given, anchors, letterbox)
          .forEach(detection -> ofOther.add(Evaluation.box(image, model, detection)));
    }

    private ByteBuffer filled(int batch, byte[] pixels) {
      long bytes = (long) batch * pixels.length;
      if (bytes > Integer.MAX_VALUE) {
        throw new EvaluationException(
            "A batch of %d pictures of %d bytes is more than 2 GiB; compare with a smaller one"
                .formatted(batch, pixels.length));
      }
      var buffer = copies.capacity() < bytes ? ByteBuffer.allocateDirect((int) bytes) : copies;
      buffer.clear();
      for (int i = 0; i < batch; i++) {
        buffer.put(pixels);
      }
      return buffer.flip();
    }

    private CocoData.Image image(Path file, StillPicture picture) {
      var name = file.getFileName().toString();
      int id = images.size() + 1;
      var image =
          new CocoData.Image(id, name, picture.width(), picture.height(), OptionalLong.empty());
      images.add(image);
      return image;
    }

    private void measure(Candidates expected, Candidates given) {
      int classes = model.labels().size();
      var places = new HashMap<Integer, Integer>();
      for (int i = 0; i < given.count(); i++) {
        places.put(given.anchors()[i] * classes + given.classes()[i], i);
      }
      candidates += expected.count();
      for (int i = 0; i < expected.count(); i++) {
        var same = places.get(expected.anchors()[i] * classes + expected.classes()[i]);
        if (same != null) {
          shared++;
          logits = Math.max(logits, Math.abs(expected.logits()[i] - given.logits()[same]));
          for (int j = 0; j < 4; j++) {
            var difference = expected.regression()[4 * i + j] - given.regression()[4 * same + j];
            regression = Math.max(regression, Math.abs(difference));
          }
        }
      }
    }

    private CocoData truth() {
      var best =
          ofReference.stream()
              .sorted(Comparator.comparingDouble(ScoredBox::score).reversed())
              .limit((long) OBJECTS * images.size())
              .toList();
      var objects = new ArrayList<CocoData.Annotation>();
      for (var found : best) {
        var box = found.box();
        objects.add(
            new CocoData.Annotation(
                objects.size() + 1,
                found.imageId(),
                found.categoryId(),
                box,
                box.width() * box.height(),
                false));
      }
      var categories =
          model.labels().stream()
              .map(label -> new CocoData.Category(label.id(), label.name()))
              .toList();
      return new CocoData(images, categories, objects);
    }

    Comparison result() {
      var truth = truth();
      return new Comparison(
          images.size(),
          (double) shared / candidates,
          logits,
          regression,
          CocoEvaluation.of(truth, ofReference).ap(),
          CocoEvaluation.of(truth, ofOther).ap());
    }
  }
}
