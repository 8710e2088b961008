package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.runtime.ModelExport;
import io.vigil.model.runtime.ModelRecipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of an untrained network, which finds anything anywhere. */
class EvalCommandTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeDataAndModel() throws IOException {
    Files.createDirectories(folder.resolve("annotations"));
    Files.createDirectories(folder.resolve("val2017"));
    Files.writeString(
        folder.resolve("annotations/instances_val2017.json"),
        """
        {"images": [{"id": 1, "file_name": "a.png", "width": 40, "height": 30}],
         "categories": [{"id": 1, "name": "person"}, {"id": 3, "name": "car"}],
         "annotations": [{"id": 5, "image_id": 1, "category_id": 3, "bbox": [1, 2, 30, 20],
                          "area": 600, "iscrowd": 0}]}
        """);
    var picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", folder.resolve("val2017/a.png").toFile());
    model = folder.resolve("lite0.onnx");
    ModelExport.write(ModelRecipe.untrained("lite0").withTopK(2000), model);
  }

  private CommandLineRun eval(String... options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("eval", "--data", folder.toString(), "--model", model.toString()));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aModelWithFewerCandidatesThanTheReferenceIsRefusedUnlessTheyAreAskedFor() {
    var refused = eval();
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(refused.err())
        .contains(
            model
                + " gives the best 2000 candidates of a picture, and this evaluation looks at 5000:"
                + " export it with --top-k 5000, or evaluate what it gives with --top-k 2000");
    var fewer = eval("--top-k", "2000", "--per-class");
    assertThat(fewer.exitCode()).as(fewer.err()).isZero();
    assertThat(fewer.out())
        .contains(" Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = ")
        .contains("car                  AP ");
    assertThat(fewer.err()).contains(" are untrained: what it detects means nothing.");
    assertThat(eval("--top-k", "2001").err())
        .contains("--top-k 2001: the model file gives the best 2000 candidates of a picture");
  }

  /** All scores of an untrained network are near 0.01, so the limit decides. */
  @Test
  void whatMayHaveBeenLeftOutIsTold() {
    var all = eval("--convention", "zylo117", "--score", "0.001", "--max", "5000");
    assertThat(all.exitCode()).as(all.err()).isZero();
    assertThat(all.err())
        .contains("On 1 of 1 pictures candidates that were not looked at could have been");
    var few = eval("--convention", "zylo117");
    assertThat(few.exitCode()).as(few.err()).isZero();
    assertThat(few.err()).doesNotContain("were not looked at");
  }

  @Test
  void dataThatAreNotTheModelsAreTold() throws IOException {
    var annotations = folder.resolve("annotations/instances_val2017.json");
    Files.writeString(
        annotations, Files.readString(annotations).replace("\"person\"", "\"unicorn\""));
    assertThat(eval("--top-k", "2000").err())
        .contains(
            "1 of 2 categories of the data are not the model's by id and name, and their figures mean"
                + " nothing: 1 unicorn");
    Files.writeString(annotations, "{\"images\": [], \"categories\": [], \"annotations\": []}");
    assertThat(eval("--top-k", "2000").err()).contains("its split val2017 has no pictures");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    var run = eval("--convention", "effdet", "--sigma", "0.5", "--max", "0", "--score", "2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .contains("--sigma 0.5: is of gaussian suppression, and suppression is hard")
        .contains("--max 0: must be a whole number from 1 to 5000")
        .contains("--score 2: must be a number from 0 to 1");
    assertThat(eval("--top-k", "2000", "--class-scores", "persn=0.5").err())
        .contains("--class-scores persn: the model knows no such class. Did you mean person?");
  }
}
