package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void weightsInFloat16TakeHalfTheBytes() throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path half = folder.resolve("half.safetensors");
    CommandLineRun.of("model", "export", "lite0", "--out", whole.toString());
    var run =
        CommandLineRun.of(
            "model", "export", "lite0", "--precision", "float16", "--out", half.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.size(half)).isBetween(Files.size(whole) / 2, Files.size(whole) * 51 / 100);
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
  void whatWeightsDoNotTellIsAChoice() {
    Path model = folder.resolve("d0.onnx");
    var made =
        CommandLineRun.of(
            "model",
            "export",
            "d0",
            "--padding",
            "symmetric",
            "--normalization",
            "advprop",
            "--aspect-ratios",
            "square-roots",
            "--resolution",
            "640",
            "--anchor-scale",
            "2.5",
            "--out",
            model.toString());

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(CommandLineRun.of("model", "inspect", model.toString()).out())
        .contains("normalisation    mean 127.500 127.500 127.500, std 127.500 127.500 127.500")
        .contains("pictures         longer side 640, sides multiples of 128")
        .contains("scale 2.5, ratios 1.00 x 1.00, 1.41 x 0.71, 0.71 x 1.41")
        .contains("padding          symmetric, max-pools with -inf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--padding|valid|Unknown padding 'valid'; known are 'same' and 'symmetric'.",
        "--normalization|coco|Unknown normalisation 'coco'; known are advprop, imagenet, lite.",
        "--aspect-ratios|1:2|Unknown aspect ratios '1:2'; known are pairs, square-roots.",
        "--resolution|600|d0 takes pictures whose height and width are multiples of 128, not 600",
        "--anchor-scale|0|The anchor scale is 0.0, but must be a number above 0",
        "--precision|int8|Unknown precision 'int8'; known are float32 and float16.",
        "--keep|head|Unknown part 'head'; known are all, body, backbone.",
        "--pool-padding|none|Unknown pool padding 'none'; known are 'zero' and '-inf'."
      })
  void refusesWhatThereIsNot(String option, String value, String message) {
    var run =
        CommandLineRun.of("model", "export", "d0", option, value, "--out", folder + "/d0.onnx");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains(message);
  }

  @Test
  void aLiteNetworkIsSummedUp() {
    var run = CommandLineRun.of("model", "summary", "lite0");

    assertThat(run.out()).contains("3.24 M parameters, 0.97 G multiply-adds a picture");
  }
}
