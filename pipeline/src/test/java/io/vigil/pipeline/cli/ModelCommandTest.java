package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
  @TempDir Path folder;

  @Test
  void weightsGoOutComeBackAndAModelTellsWhatItIs() {
    Path weights = folder.resolve("lite0.safetensors");
    Path model = folder.resolve("lite0.onnx");

    var out = CommandLineRun.of("model", "export", "lite0", "--out", weights.toString());
    var in =
        CommandLineRun.of(
            "model", "export", "lite0", "--weights", weights.toString(), "--out", model.toString());
    var inspected = CommandLineRun.of("model", "inspect", model.toString());

    assertThat(out.exitCode()).as(out.err()).isZero();
    assertThat(out.out()).contains("weights of lite0, named as rwightman names them");
    assertThat(in.exitCode()).as(in.err()).isZero();
    assertThat(in.err()).contains("The weights are untrained");
    assertThat(inspected.exitCode()).isZero();
    assertThat(inspected.out())
        .contains("name             efficientdet-lite0")
        .contains("pictures         longer side 320, sides multiples of 64")
        .contains("normalisation    mean 127.000 127.000 127.000, std 128.000 128.000 128.000")
        .contains("anchors          P3 to P7, scale 3.0, ratios 1.00 x 1.00, 1.40 x 0.70")
        .contains("weights          untrained, domain untrained")
        .contains("classes          90: 1 person, 2 bicycle");
  }

  @Test
  void namesAreForWeightsAlone() {
    var run =
        CommandLineRun.of(
            "model", "export", "d0", "--names", "zylo117", "--out", folder + "/d0.onnx");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .contains("--names zylo117: is for an --out that ends in .safetensors only");
  }

  @Test
  void aLiteNetworkIsSummedUp() {
    var run = CommandLineRun.of("model", "summary", "lite0");

    assertThat(run.out()).contains("3.24 M parameters, 0.97 G multiply-adds a picture");
  }
}
