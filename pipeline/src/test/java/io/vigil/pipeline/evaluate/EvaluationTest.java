package io.vigil.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.evaluate.Box;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.CocoEvaluation;
import io.vigil.model.evaluate.EvaluationException;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.runtime.ModelMetadata;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

  private static final DetectionSettings SETTINGS =
      new DetectionSettings(0, 0.5f, 100, Set.of(), true, Convention.GOOGLE);

  /** Of level P7, in the middle of the square picture of 512. */
  private static final int LARGE_ANCHOR = 49_104 - 90;

  @TempDir private Path folder;
  private ModelMetadata model;
  private final CocoData.Image image =
      new CocoData.Image(7, "a.png", 256, 128, OptionalLong.empty());

  @BeforeEach
  void writePicture() throws IOException {
    model = ModelFiles.resolve("d0", folder.resolve("models")).metadata();
    var picture = new BufferedImage(256, 128, BufferedImage.TYPE_INT_RGB);
    var graphics = picture.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 256, 128);
    graphics.dispose();
    ImageIO.write(picture, "png", folder.resolve("a.png").toFile());
  }

  /** Finds its one anchor, of the label map's second class, in every picture. */
  private final class OneAnchor implements Detector {
    private final List<Integer> firstPixels = new ArrayList<>();

    @Override
    public ModelMetadata model() {
      return model;
    }

    @Override
    public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
      firstPixels.add(images.get(0) & 0xff);
      firstPixels.add(images.get(3 * (height * width - 1)) & 0xff);
      var one =
          new Candidates(new float[] {2}, new int[] {1}, new int[] {LARGE_ANCHOR}, new float[4]);
      return List.of(one);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  @Test
  void boxesComeBackInThePicturesOwnPixelsUnderTheDataSetsCategories() {
    var detector = new OneAnchor();
    var done = new ArrayList<Integer>();
    var found =
        new Evaluation(detector, SETTINGS, folder).detect(List.of(image), done::add).boxes();
    var anchor = Anchors.of(model.anchorLayout(), 512, 512).get(LARGE_ANCHOR);
    assertThat(found).hasSize(1);
    var box = found.get(0).box();
    // The picture was enlarged twice, and what lies below it is padding.
    double left = Math.max(0, (anchor.centreX() - anchor.width() / 2) / 2);
    double right = Math.min(256, (anchor.centreX() + anchor.width() / 2) / 2);
    assertThat(box.x()).isCloseTo(left, within(0.01));
    assertThat(box.width()).isCloseTo(right - left, within(0.01));
    assertThat(box.y() + box.height()).isLessThanOrEqualTo(128);
    assertThat(found.get(0).imageId()).isEqualTo(7);
    assertThat(found.get(0).categoryId()).isEqualTo(model.labels().get(1).id());
    assertThat(done).containsExactly(1);
    // Red above, the mean colour in the square's last corner.
    assertThat(detector.firstPixels).containsExactly(255, 124);
  }

  @Test
  void whatIsFoundWhereItIsScoresOne() {
    var found =
        new Evaluation(new OneAnchor(), SETTINGS, folder).detect(List.of(image), i -> {}).boxes();
    var box = found.get(0).box();
    var category = found.get(0).categoryId();
    var truth =
        new CocoData(
            List.of(image),
            List.of(new CocoData.Category(category, "second")),
            List.of(
                new CocoData.Annotation(1, 7, category, box, box.width() * box.height(), false)));
    assertThat(CocoEvaluation.of(truth, found).ap()).isCloseTo(1, within(1e-9));
    var elsewhere =
        new CocoData(
            truth.images(),
            truth.categories(),
            List.of(new CocoData.Annotation(1, 7, category, new Box(0, 0, 9, 9), 81, false)));
    assertThat(CocoEvaluation.of(elsewhere, found).ap()).isZero();
  }

  @Test
  void aPictureThatIsNotThereIsNamed() {
    var missing = new CocoData.Image(8, "b.jpg", 10, 10, OptionalLong.empty());
    assertThatThrownBy(
            () ->
                new Evaluation(new OneAnchor(), SETTINGS, folder).detect(List.of(missing), i -> {}))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(folder.resolve("b.jpg") + ": there is no such file");
  }
}
