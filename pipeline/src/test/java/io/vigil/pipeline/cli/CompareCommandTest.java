package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;
  private Path pictures;

  @BeforeEach
  void drawPicture() throws Exception {
    pictures = Files.createDirectory(folder.resolve("pictures"));
    var picture = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
    var graphics = picture.createGraphics();
    for (int i = 0; i < 12; i++) {
      graphics.setColor(new Color(20 * i, 255 - 15 * i, 80 + 10 * i));
      graphics.fillOval(25 * i, 13 * i, 60, 40);
    }
    graphics.dispose();
    ImageIO.write(picture, "png", pictures.resolve("ovals.png").toFile());
  }

  private String exported(String name, String... options) {
    var model = folder.resolve(name).toString();
    var arguments = new ArrayList<>(List.of("model", "export", "lite0", "--out", model));
    arguments.addAll(List.of(options));
    var made = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(made.exitCode()).as(made.err()).isZero();
    return model;
  }

  private CommandLineRun compare(String... models) {
    var arguments = new ArrayList<>(List.of("model", "compare"));
    arguments.addAll(List.of(models));
    arguments.addAll(List.of("--pictures", pictures.toString()));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aModelAgreesWithItselfInABatch() {
    var run = compare(exported("a.onnx"), "--batch", "3");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("1 pictures, on cpu in batches of 3: 100.00 % of the candidates are the same;")
        .containsPattern("logits differ by at most 0\\.0, box regressions by 0\\.0\\R")
        .contains("1.0000 and 1.0000");
  }

  @Test
  void anotherNetworkIsNotTheSame() {
    var run = compare(exported("a.onnx"), exported("b.onnx", "--normalization", "imagenet"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
    assertThat(run.out()).contains("AP against the first one's best detections: 1.0000 and 0.");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    var model = exported("a.onnx");
    assertThat(compare(model, exported("b.onnx", "--resolution", "384")).err())
        .contains("differ in pictures, anchors or classes");
    assertThat(compare(model, exported("c.onnx", "--aspect-ratios", "square-roots")).err())
        .contains("differ in pictures, anchors or classes");
    assertThat(compare(model, "--batch", "0").err()).contains("--batch 0: must be 1 to 256");
    pictures = folder.resolve("none");
    assertThat(compare(model).err()).contains("none: there is no such folder");
    pictures = folder;
    assertThat(compare(model).err()).contains("has no pictures (.jpg, .jpeg, .png)");
  }
}
