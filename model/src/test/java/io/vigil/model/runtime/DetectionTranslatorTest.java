package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.repository.zoo.Criteria;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Detection;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.model.detect.PostProcessor;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTranslatorTest {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 200;

  @TempDir Path folder;

  /** The example of the README. */
  private static DetectedObjects detect(Path model, Path picture, double threshold)
      throws Exception {
    var criteria =
        Criteria.builder()
            .setTypes(Image.class, DetectedObjects.class)
            .optModelPath(model)
            .optEngine("OnnxRuntime")
            .optTranslatorFactory(new DetectionTranslatorFactory())
            .optArgument("threshold", threshold)
            .build();
    try (var loaded = criteria.loadModel();
        var predictor = loaded.newPredictor()) {
      return predictor.predict(ImageFactory.getInstance().fromFile(picture));
    }
  }

  @Test
  void aUserOfDjlGetsWhatTheDetectorFinds() throws Exception {
    Path model = folder.resolve("lite0.onnx");
    ModelExport.write(ModelRecipe.untrained("lite0"), model);

    DetectedObjects objects = detect(model, picture(), 0);

    List<Detection> expected = expected(model);
    assertThat(objects.getNumberOfObjects()).isEqualTo(expected.size()).isGreaterThan(10);
    for (int i = 0; i < expected.size(); i++) {
      DetectedObjects.DetectedObject object = objects.item(i);
      var detection = expected.get(i);
      var box = object.getBoundingBox().getBounds();
      assertThat(object.getClassName())
          .isEqualTo(LabelMap.coco().get(detection.classIndex()).name());
      assertThat(object.getProbability()).isCloseTo(detection.score(), within(1e-6));
      assertThat(box.getX() * WIDTH).isCloseTo(detection.x1(), within(1e-3));
      assertThat((box.getY() + box.getHeight()) * HEIGHT).isCloseTo(detection.y2(), within(1e-3));
    }
  }

  @Test
  void theExampleOfTheReadmeIsTheOneThatIsRun() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```java") + "```java".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    String source =
        Files.readString(
            Path.of("src/test/java/io/vigil/model/runtime/DetectionTranslatorTest.java"));

    assertThat(withoutSpaces(source)).contains(withoutSpaces(example));
  }

  private static String withoutSpaces(String code) {
    return code.replaceAll("\\s+", "");
  }

  /** The same picture through the detector of the pipeline. */
  private List<Detection> expected(Path model) throws Exception {
    var letterbox = Letterbox.of(WIDTH, HEIGHT, 320, 64, false);
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      int place = i / 3;
      rgb[i] = (byte) (colour(place % WIDTH, place / WIDTH) >> 16 - 8 * (i % 3));
    }
    try (var detector = DetectorSettings.onCpu(model).open()) {
      var pixels = PictureScaler.scale(rgb, letterbox, detector.model().mean());
      var candidates = detector.infer(pixels, 1, letterbox.height(), letterbox.width()).get(0);
      var anchors =
          Anchors.of(detector.model().anchorLayout(), letterbox.height(), letterbox.width());
      return new PostProcessor(DetectionSettings.withScore(0))
          .detect(candidates, anchors, letterbox);
    }
  }

  @Test
  void aForeignModelIsRefusedWithWhatItLacks() throws Exception {
    Path foreign = folder.resolve("d0.onnx");
    ModelExport.write(ModelRecipe.untrained("lite0"), foreign);
    var stripped =
        ai.onnx.proto.OnnxMl.ModelProto.parseFrom(Files.readAllBytes(foreign)).toBuilder()
            .clearMetadataProps();
    Files.write(foreign, stripped.build().toByteArray());

    assertThatThrownBy(() -> detect(foreign, picture(), 0.3))
        .hasStackTraceContaining(
            "is an ONNX model that Vigil did not write: it lacks the metadata");
  }

  /** Half a size: every place is the mean of four; the rest is the mean colour. */
  @Test
  void aPictureIsScaledBetweenItsPixels() {
    byte[] rgb = {0, 0, 0, 100, 100, 100, 20, 20, 20, (byte) 200, (byte) 200, (byte) 200};
    var letterbox = new Letterbox(2, 2, 1, 1, 2, 1, 2, 2);

    var scaled = PictureScaler.scale(rgb, letterbox, new double[] {1, 2, 3.4});

    byte[] bytes = new byte[6];
    scaled.get(0, bytes);
    assertThat(bytes).containsExactly(80, 80, 80, 1, 2, 3);
  }

  private Path picture() throws Exception {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int place = 0; place < WIDTH * HEIGHT; place++) {
      int x = place % WIDTH;
      image.setRGB(x, place / WIDTH, colour(x, place / WIDTH));
    }
    Path path = folder.resolve("picture.png");
    ImageIO.write(image, "png", path.toFile());
    return path;
  }

  private static int colour(int x, int y) {
    return x * 255 / WIDTH << 16 | y * 255 / HEIGHT << 8 | (x / 40 + y / 30) % 2 * 200;
  }
}
