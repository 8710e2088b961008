package io.vigil.model.runtime;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.Detection;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.model.detect.PostProcessor;
import java.util.ArrayList;
import java.util.List;

/**
 * For those who use DJL: a picture in, objects out, with boxes relative to the picture as DJL has
 * them. Made by {@link DetectionTranslatorFactory}.
 */
public final class DetectionTranslator implements Translator<Image, DetectedObjects> {
  private static final String LETTERBOX = "vigil.letterbox";

  private final ModelMetadata model;
  private final DetectionSettings settings;
  private final PostProcessor postProcessor;

  /**
   * @param model what the model file says of itself
   */
  public DetectionTranslator(ModelMetadata model, DetectionSettings settings) {
    this.model = model;
    this.settings = settings;
    this.postProcessor = new PostProcessor(settings);
  }

  /** Pictures have shapes of their own, so each is a batch. */
  @Override
  public Batchifier getBatchifier() {
    return null;
  }

  @Override
  public NDList processInput(TranslatorContext context, Image image) {
    var letterbox =
        Letterbox.of(
            image.getWidth(),
            image.getHeight(),
            model.resolution(),
            model.sizeMultiple(),
            settings.squareLetterbox(),
            settings.convention());
    context.setAttachment(LETTERBOX, letterbox);
    byte[] rgb = bytes(image.toNDArray(context.getNDManager(), Image.Flag.COLOR));
    var picture = PictureScaler.scale(rgb, letterbox, model.mean());
    var shape = new Shape(1, letterbox.height(), letterbox.width(), 3);
    return new NDList(context.getNDManager().create(picture, shape, DataType.UINT8));
  }

  private static byte[] bytes(NDArray rgb) {
    var buffer = rgb.toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public DetectedObjects processOutput(TranslatorContext context, NDList outputs) {
    var letterbox = (Letterbox) context.getAttachment(LETTERBOX);
    var anchors = Anchors.of(model.anchorLayout(), letterbox.height(), letterbox.width());
    Candidates candidates = OnnxDetector.candidates(1, outputs).get(0);
    List<String> names = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<BoundingBox> boxes = new ArrayList<>();
    for (Detection found : postProcessor.detect(candidates, anchors, letterbox)) {
      names.add(model.labels().get(found.classIndex()).name());
      scores.add((double) found.score());
      boxes.add(
          new Rectangle(
              (double) found.x1() / letterbox.sourceWidth(),
              (double) found.y1() / letterbox.sourceHeight(),
              (double) (found.x2() - found.x1()) / letterbox.sourceWidth(),
              (double) (found.y2() - found.y1()) / letterbox.sourceHeight()));
    }
    return new DetectedObjects(names, scores, boxes);
  }
}
