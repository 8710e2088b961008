package io.vigil.model.weights;

import static io.vigil.model.weights.FormulaD0.D0;
import static io.vigil.model.weights.FormulaD0.WEIGHTS;
import static io.vigil.model.weights.FormulaD0.bits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.golden.FormulaFiles;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.torch.PthFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a training starts from: an ImageNet backbone, or a detector of other classes. */
class KeptPartsTest {
  @TempDir Path folder;

  /** timm's names, lukemelas's (which zylo117's release has), and zylo117's own. */
  @ParameterizedTest
  @CsvSource({
    "RWIGHTMAN, backbone[.], '', classifier.weight",
    "ZYLO117, backbone_net[.]model[.], '', _fc.weight",
    "ZYLO117, 'backbone_net[.]model[.]|(?<=_conv_stem|expand_conv|depthwise_conv|_se_reduce|_se_expand|project_conv)[.]conv', '', _bn1.weight"
  })
  void anImageNetBackboneStartsADetector(
      NameScheme scheme, String prefix, String replacement, String head) {
    PthFile file = backbone(scheme, prefix, replacement).add(head, new float[3], 3);
    Path path = file.write(folder.resolve("b0.pth"));

    ImportedWeights imported = WeightsImport.read(path, D0, Keep.BACKBONE, 0);

    assertThat(imported.scheme()).isEqualTo(scheme);
    assertThat(imported.trained()).isFalse();
    assertThat(imported.notes()).hasSize(1).first().asString().contains("has to be trained");
    Weights initial = InitialWeights.of(ShapeReading.of(D0).parameters(), 0);
    for (ParameterSpec parameter : ShapeReading.of(D0).parameters()) {
      Weights expected = parameter.name().startsWith("backbone.") ? WEIGHTS : initial;
      assertThat(bits(imported.weights().tensor(parameter.name())))
          .as(parameter.name())
          .isEqualTo(bits(expected.tensor(parameter.name())));
    }
    assertThatThrownBy(() -> WeightsImport.read(path, D0)).hasMessageContaining("is a classifier");
    assertThatThrownBy(
            () -> WeightsImport.read(path, EfficientDetConfig.named("d1"), Keep.BACKBONE, 0))
        .hasMessageContaining("does not fit d1");
  }

  @Test
  void aBackboneIsOfTheImplementationThatIsAskedFor() {
    EfficientDetConfig pytorch = D0.withImplementation(Implementation.PYTORCH);
    PthFile file = backbone(NameScheme.RWIGHTMAN, "^backbone[.]", "");
    Path path = file.write(folder.resolve("efficientnet_b0.pth"));

    assertThat(WeightsImport.read(path, D0, Keep.BACKBONE, 0).implementation())
        .isEqualTo(Implementation.TENSORFLOW);
    assertThat(WeightsImport.read(path, pytorch, Keep.BACKBONE, 0).implementation())
        .isEqualTo(Implementation.PYTORCH);
  }

  @Test
  void theBodyOfAnotherNumberOfClassesIsKept() {
    EfficientDetConfig two = D0.withClasses(2);
    Path path = folder.resolve("w.pth");
    FormulaFiles.write(path, D0, WEIGHTS, NameScheme.ZYLO117);

    ImportedWeights imported = WeightsImport.read(path, two, Keep.BODY, 0);

    assertThat(imported.weights().tensor("class.predict.pointwise.bias").values())
        .hasSize(18)
        .containsOnly(InitialWeights.CLASS_BIAS);
    assertThat(bits(imported.weights().tensor("box.predict.pointwise.bias")))
        .isEqualTo(bits(WEIGHTS.tensor("box.predict.pointwise.bias")));
    assertThat(imported.trained()).isFalse();
    assertThatThrownBy(() -> WeightsImport.read(path, two))
        .hasMessageContaining("keep all but the class net's last layer (--keep body)");
  }

  private static PthFile backbone(NameScheme scheme, String replaced, String replacement) {
    PthFile file = new PthFile();
    scheme
        .table(D0)
        .names()
        .forEach(
            (canonical, name) -> {
              if (canonical.startsWith("backbone.")) {
                Tensor tensor = WEIGHTS.tensor(canonical);
                file.add(name.replaceAll(replaced, replacement), tensor.values(), tensor.shape());
              }
            });
    return file;
  }
}
