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
import io.vigil.pipeline.job.ConfiguredJob;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a model finds on the pictures of a COCO data set, in the reference's own square input shape.
 *
 * <pre>{@code
 * var found = new Evaluation(detector, settings, folder).detect(data.images(), done -> {});
 * CocoMetrics metrics = CocoEvaluation.of(data, found);
 * }</pre>
 *
 * @param settings their letterbox is square
 * @param pictures folder with the files
 */
public record Evaluation(Detector detector, DetectionSettings settings, Path pictures) {

  /**
   * @param progress told how many pictures are done
   * @throws EvaluationException if a picture cannot be read
   */
  public List<ScoredBox> detect(List<CocoData.Image> images, IntConsumer progress) {
    var model = detector.model();
    var letterboxes = ConfiguredJob.letterbox(model, settings.squareLetterbox());
    var postProcessor = new PostProcessor(settings);
    var anchors = Anchors.of(model.anchorLayout(), model.resolution(), model.resolution());
    var found = new ArrayList<ScoredBox>();
    int done = 0;
    for (var image : images) {
      var picture = read(image);
      var letterbox = letterboxes.letterbox(picture.width(), picture.height());
      var candidates = infer(picture, letterbox, letterboxes);
      for (var detection : postProcessor.detect(candidates, anchors, letterbox)) {
        found.add(box(image, model, detection));
      }
      progress.accept(++done);
    }
    return found;
  }

  private StillPicture read(CocoData.Image image) {
    try {
      return StillPicture.read(pictures.resolve(image.fileName()));
    } catch (VideoException failure) {
      throw new EvaluationException(failure.getMessage(), failure);
    }
  }

  private Candidates infer(StillPicture picture, Letterbox letterbox, LetterboxSettings settings) {
    var pixels = picture.letterbox(letterbox, settings.fill());
    var direct = ByteBuffer.allocateDirect(pixels.length).put(pixels).rewind();
    return detector.infer(direct, 1, letterbox.height(), letterbox.width()).get(0);
  }

  private static ScoredBox box(CocoData.Image image, ModelMetadata model, Detection detection) {
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
