package io.vigil.pipeline.evaluate;

import io.vigil.connectors.video.decode.StillPicture;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.Detection;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.model.detect.PostProcessor;
import io.vigil.model.evaluate.Box;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.EvaluationException;
import io.vigil.model.evaluate.ScoredBox;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.train.RgbPicture;
import io.vigil.pipeline.job.ConfiguredJob;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a model finds on the pictures of a COCO data set.
 *
 * <pre>{@code
 * var settings = DetectionSettings.evaluation(Convention.GOOGLE);
 * var found = new Evaluation(detector, settings, folder).detect(data.images(), done -> {});
 * CocoMetrics metrics = CocoEvaluation.of(data, found.boxes());
 * }</pre>
 */
public final class Evaluation {
  private final Detector detector;
  private final Path pictures;
  private final PostProcessor postProcessor;
  private final LetterboxSettings letterboxes;
  private ByteBuffer pixels = ByteBuffer.allocateDirect(0);

  /**
   * What was found.
   *
   * @param lacking pictures on which pairs that the model did not give could have been detections
   */
  public record Found(List<ScoredBox> boxes, int lacking) {}

  /**
   * @param settings their letterbox is square in the reference's own evaluation
   * @param pictures folder with the files
   */
  public Evaluation(Detector detector, DetectionSettings settings, Path pictures) {
    this.detector = detector;
    this.pictures = pictures;
    this.postProcessor = new PostProcessor(settings);
    this.letterboxes = ConfiguredJob.letterbox(detector.model(), settings.squareLetterbox());
  }

  /**
   * @param progress told how many pictures are done
   * @throws EvaluationException if a picture cannot be read, or is of another size than the data
   *     say
   */
  public Found detect(List<CocoData.Image> images, IntConsumer progress) {
    var model = detector.model();
    var boxes = new ArrayList<ScoredBox>();
    int lacking = 0;
    int done = 0;
    for (var image : images) {
      var picture = read(pictures.resolve(image.fileName()));
      requireSize(image, picture);
      var letterbox = letterboxes.letterbox(picture.width(), picture.height());
      var anchors = Anchors.of(model.anchorLayout(), letterbox.height(), letterbox.width());
      var candidates = infer(picture, letterbox);
      var found = postProcessor.detect(candidates, anchors, letterbox);
      found.forEach(detection -> boxes.add(box(image, model, detection)));
      lacking += postProcessor.mayLackCandidates(candidates, found) ? 1 : 0;
      progress.accept(++done);
    }
    return new Found(boxes, lacking);
  }

  /** Boxes of another size, or of a turned picture, would be measured against and be wrong. */
  private static void requireSize(CocoData.Image image, StillPicture picture) {
    if (image.width() == 0 || image.height() == 0) {
      return;
    }
    new RgbPicture(picture.width(), picture.height(), picture.rgb())
        .notOfSize(image.width(), image.height())
        .ifPresent(
            wrong -> {
              throw new EvaluationException(image.fileName() + " " + wrong);
            });
  }

  static StillPicture read(Path file) {
    try {
      return StillPicture.read(file);
    } catch (VideoException failure) {
      throw new EvaluationException(failure.getMessage(), failure);
    }
  }

  private Candidates infer(StillPicture picture, Letterbox letterbox) {
    var letterboxed = picture.letterbox(letterbox, letterboxes.fill());
    if (pixels.capacity() < letterboxed.length) {
      pixels = ByteBuffer.allocateDirect(letterboxed.length);
    }
    pixels.clear().put(letterboxed).flip();
    return detector.infer(pixels, 1, letterbox.height(), letterbox.width()).get(0);
  }

  static ScoredBox box(CocoData.Image image, ModelMetadata model, Detection detection) {
    var box =
        new Box(
            detection.x1(),
            detection.y1(),
            detection.x2() - detection.x1(),
            detection.y2() - detection.y1());
    int category = model.labels().get(detection.classIndex()).id();
    return new ScoredBox(image.id(), category, box, detection.score());
  }
}
