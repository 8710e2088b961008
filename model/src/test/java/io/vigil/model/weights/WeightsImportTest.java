package io.vigil.model.weights;

import static io.vigil.model.weights.FormulaD0.D0;
import static io.vigil.model.weights.FormulaD0.DIGEST;
import static io.vigil.model.weights.FormulaD0.WEIGHTS;
import static io.vigil.model.weights.FormulaD0.bits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.golden.FormulaFiles;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.torch.PthFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeightsImportTest {
  @TempDir Path folder;

  static Stream<Arguments> families() {
    Stream<Arguments> written =
        Stream.of(NameScheme.ZYLO117, NameScheme.RWIGHTMAN)
            .map(scheme -> Arguments.of(scheme, null));
    return Stream.concat(written, realFiles());
  }

  /** Files that PyTorch itself wrote; they are large, and stay outside the repository. */
  private static Stream<Arguments> realFiles() {
    String shared = System.getenv("VIGIL_SHARED");
    return shared == null
        ? Stream.empty()
        : Stream.of(
            Arguments.of(NameScheme.ZYLO117, Path.of(shared, "golden", "zylo_d0_formula.pth")),
            Arguments.of(
                NameScheme.RWIGHTMAN,
                Path.of(shared, "golden", "rwightman_tf_efficientdet_d0_formula.pth")));
  }

  @ParameterizedTest
  @MethodSource("families")
  void bothFamiliesGiveTheSameWeightsToTheBit(NameScheme scheme, Path real) {
    Path path =
        real != null ? real : FormulaFiles.write(folder.resolve("w.pth"), D0, WEIGHTS, scheme);

    ImportedWeights imported = WeightsImport.read(path, D0);

    assertThat(imported.scheme()).isEqualTo(scheme);
    assertThat(imported.section()).isEmpty();
    assertThat(imported.digest()).isEqualTo(DIGEST);
    for (ParameterSpec parameter : ShapeReading.of(D0).parameters()) {
      Tensor tensor = imported.weights().tensor(parameter.name());
      assertThat(tensor.shape()).isEqualTo(parameter.shape());
      assertThat(bits(tensor)).as(parameter.name()).isEqualTo(bits(expected(parameter)));
    }
  }

  private static Tensor expected(ParameterSpec parameter) {
    return WEIGHTS.tensor(parameter.name());
  }

  @Test
  void aFamilyBringsWhatSurroundsItsMaxPools() {
    assertThat(NameScheme.ZYLO117.poolPadding()).isEqualTo(PoolPadding.ZERO);
    assertThat(NameScheme.RWIGHTMAN.poolPadding()).isEqualTo(PoolPadding.MINUS_INFINITY);
  }

  @Test
  void readsACheckpointOfWrappedModules() {
    PthFile file = new PthFile("state_dict");
    names(NameScheme.RWIGHTMAN)
        .forEach((name, tensor) -> file.add("model." + name, tensor.values(), tensor.shape()));

    ImportedWeights imported = WeightsImport.read(file.write(folder.resolve("w.pth")), D0);

    assertThat(imported.section()).isEqualTo("state_dict");
    assertThat(imported.digest()).isEqualTo(DIGEST);
    assertThat(imported.notes())
        .containsExactly("The weights are those under 'state_dict' in the file.");
  }

  @Test
  void tellsEveryNameThatDoesNotFitInOneMessage() {
    Path path =
        altered(
            tensors -> {
              tensors.remove("backbone_net.model._conv_stem.conv.weight");
              tensors.remove("bifpn.2.p7_w2");
              tensors.put("extra.weight", new Tensor(new int[] {1, 2}, new float[2]));
              tensors.put(
                  "regressor.header.pointwise_conv.conv.bias",
                  new Tensor(new int[] {5}, new float[5]));
            });

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                path
                    + " does not fit d0: of its 675 tensors, named as zylo117 names them, 2 are"
                    + " missing, 1 unexpected and 1 misshaped.",
                "missing:",
                "  backbone_net.model._conv_stem.conv.weight [32, 3, 3, 3]",
                "  bifpn.2.p7_w2 [2]",
                "unexpected:",
                "  extra.weight [1, 2]",
                "misshaped:",
                "  regressor.header.pointwise_conv.conv.bias [5], needed is [36]"));
  }

  @Test
  void namesEveryOneOfMany() {
    Path path = altered(tensors -> tensors.keySet().removeIf(name -> name.contains("_blocks.1")));

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .hasMessageContaining("are missing, 0 unexpected and 0 misshaped")
        .hasMessageContaining("_blocks.1._expand_conv.conv.weight [96, 16, 1, 1]")
        .hasMessageContaining("_blocks.15._project_conv.conv.weight [320, 1152, 1, 1]");
  }

  @Test
  void guessesTheLevel() {
    EfficientDetConfig d1 = EfficientDetConfig.named("d1");
    Weights weights = InitialWeights.of(ShapeReading.of(d1).parameters(), 1);
    Path path = FormulaFiles.write(folder.resolve("d1.pth"), d1, weights, NameScheme.RWIGHTMAN);

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .hasMessageContaining("does not fit d0")
        .hasMessageContaining("named as rwightman names them")
        .hasMessageContaining("These are weights of d1.");
  }

  @Test
  void guessesTheClasses() {
    EfficientDetConfig few = D0.withClasses(20);
    Weights weights = InitialWeights.of(ShapeReading.of(few).parameters(), 1);
    Path path = FormulaFiles.write(folder.resolve("few.pth"), few, weights, NameScheme.ZYLO117);

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .hasMessageContaining("0 are missing, 0 unexpected and 2 misshaped")
        .hasMessageContaining(
            "These are weights for 20 classes, not 90: give a label file with 20 names");
  }

  @Test
  void tellsAnotherNetworkFromAnEfficientDet() {
    Path path =
        new PthFile().add("layer1.conv.weight", new float[1], 1).write(folder.resolve("w.pth"));

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .hasMessage(
            path
                + " holds no EfficientDet of a known family (zylo117, rwightman,"
                + " rwightman-level-first, google). Its names begin: layer1.conv.weight.");
  }

  @Test
  void refusesValuesThatNoNetworkCanComputeWith() {
    Path path =
        altered(
            tensors -> {
              spoil(tensors, "bifpn.0.p6_w1", Float.NaN);
              spoil(tensors, "backbone_net.model._bn0.running_mean", Float.NEGATIVE_INFINITY);
              spoil(tensors, "backbone_net.model._bn0.running_var", -0.5f);
            });

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("holds values that no network can compute with, in 3 tensors")
        .hasMessageContaining("bifpn.0.p6_w1: 1 of 2 are NaN or infinite")
        .hasMessageContaining("_bn0.running_mean: 1 of 32 are NaN or infinite")
        .hasMessageContaining("_bn0.running_var: 1 of 32 variances are below zero");
  }

  @ParameterizedTest
  @EnumSource
  void theFormatFromBeforeTheZipGivesTheSameWeights(NameScheme scheme) {
    PthFile file = FormulaFiles.add(new PthFile().legacy(), D0, WEIGHTS, scheme);

    ImportedWeights imported = WeightsImport.read(file.write(folder.resolve("w.pth")), D0);

    assertThat(imported.scheme()).isEqualTo(scheme);
    assertThat(imported.digest()).isEqualTo(DIGEST);
  }

  /** rwightman's own efficientdet_d0: the names tell by what they lack. */
  @ParameterizedTest
  @EnumSource
  void whatWasTrainedInPyTorchIsKnownByItsMissingBiases(NameScheme scheme) {
    EfficientDetConfig pytorch = D0.withImplementation(Implementation.PYTORCH);
    Path path = FormulaFiles.write(folder.resolve("w.pth"), pytorch, WEIGHTS, scheme);

    ImportedWeights imported = WeightsImport.read(path, D0);

    assertThat(imported.implementation()).isEqualTo(Implementation.PYTORCH);
    assertThat(imported.notes())
        .hasSize(1)
        .first()
        .asString()
        .contains("padding symmetric, batch-norm epsilon 1e-5 in the backbone");
    Path out = folder.resolve("w.safetensors");
    WeightsExport.write(out, pytorch, imported.weights(), scheme, true);
    ImportedWeights again = WeightsImport.read(out, D0);
    assertThat(again.implementation()).isEqualTo(Implementation.PYTORCH);
    assertThat(again.digest()).isEqualTo(imported.digest());
  }

  @Test
  void theLevelOfWhatWasTrainedInPyTorchIsGuessedToo() {
    EfficientDetConfig d1 =
        EfficientDetConfig.named("d1").withImplementation(Implementation.PYTORCH);
    Weights weights = InitialWeights.of(ShapeReading.of(d1).parameters(), 1);
    Path path = FormulaFiles.write(folder.resolve("d1.pth"), d1, weights, NameScheme.RWIGHTMAN);

    assertThatThrownBy(() -> WeightsImport.read(path, D0))
        .hasMessageContaining("These are weights of d1.");
    assertThatThrownBy(() -> WeightsImport.read(path, EfficientDetConfig.named("lite0")))
        .hasMessageContaining("does not fit lite0");
  }

  @Test
  void saysWhatItConverted() {
    PthFile file = new PthFile();
    names(NameScheme.ZYLO117)
        .forEach(
            (name, tensor) -> {
              if (name.equals("bifpn.0.p6_w1")) {
                file.add(name, "BFloat16Storage", new byte[] {0, 0x40, 0, 0x40}, 2, 2);
              } else {
                file.add(name, tensor.values(), tensor.shape());
              }
            });

    ImportedWeights imported = WeightsImport.read(file.write(folder.resolve("w.pth")), D0);

    assertThat(imported.notes())
        .containsExactly("1 tensors are bfloat16 in the file and were converted to float32.");
    assertThat(imported.weights().tensor("fpn.cell0.topdown6.fusion.weights").values())
        .containsExactly(2, 2);
  }

  private static void spoil(Map<String, Tensor> tensors, String name, float value) {
    Tensor old = Objects.requireNonNull(tensors.get(name), name);
    float[] values = old.values().clone();
    values[0] = value;
    tensors.put(name, new Tensor(old.shape(), values));
  }

  private Path altered(Consumer<Map<String, Tensor>> change) {
    Map<String, Tensor> tensors = names(NameScheme.ZYLO117);
    change.accept(tensors);
    PthFile file = new PthFile();
    tensors.forEach((name, tensor) -> file.add(name, tensor.values(), tensor.shape()));
    return file.write(folder.resolve("altered.pth"));
  }

  private static Map<String, Tensor> names(NameScheme scheme) {
    Map<String, Tensor> tensors = new HashMap<>();
    scheme
        .table(D0)
        .names()
        .forEach((canonical, name) -> tensors.put(name, WEIGHTS.tensor(canonical)));
    return tensors;
  }
}
