package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Normalization;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.golden.FormulaFiles;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.names.NameScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {
  private static final List<Label> TWO = List.of(new Label(1, "cat"), new Label(2, "dog"));

  @TempDir Path folder;

  private Path weights(NameScheme scheme) {
    EfficientDetConfig config = EfficientDetConfig.named("d0").withClasses(2);
    return FormulaFiles.write(
        folder.resolve(scheme.key() + ".pth"),
        config,
        InitialWeights.of(ShapeReading.of(config).parameters(), 3),
        scheme);
  }

  private ModelRecipe recipe(NameScheme scheme) {
    return ModelRecipe.of("d0", weights(scheme))
        .withLabels(TWO)
        .withDomain("pets")
        .withLicence("CC0-1.0")
        .withTopK(50);
  }

  @Test
  void theFileSaysWhatItIs() {
    ModelRecipe recipe = recipe(NameScheme.RWIGHTMAN);
    ModelMetadata model = ModelExport.write(recipe, folder.resolve("m.onnx"));
    ModelMetadata papers =
        ModelExport.write(
            recipe.withAspectRatios(AnchorLayout.squareRoots()), folder.resolve("paper.onnx"));

    assertThat(model)
        .usingRecursiveComparison()
        .isEqualTo(ModelFile.read(folder.resolve("m.onnx")));
    assertThat(model.level()).isEqualTo("d0");
    assertThat(model.resolution()).isEqualTo(512);
    assertThat(model.sizeMultiple()).isEqualTo(128);
    assertThat(model.labels()).isEqualTo(TWO);
    assertThat(model.poolPadding()).isEqualTo("-inf");
    assertThat(model.aspectRatios())
        .containsExactly(new double[] {1, 1}, new double[] {1.4, 0.7}, new double[] {0.7, 1.4});
    assertThat(papers.aspectRatios().get(1)).isEqualTo(AnchorLayout.squareRoots().get(1));
    assertThat(model.topK()).isEqualTo(50);
    assertThat(model.trained()).isTrue();
    assertThat(model.domain()).isEqualTo("pets");
    assertThat(model.licence()).isEqualTo("CC0-1.0");
  }

  @Test
  void theFamilyDecidesThePaddingUnlessItIsGiven() {
    ModelRecipe zylo = recipe(NameScheme.ZYLO117);

    ModelMetadata own = ModelExport.write(zylo, folder.resolve("own.onnx"));
    ModelMetadata other =
        ModelExport.write(
            zylo.withPoolPadding(PoolPadding.MINUS_INFINITY), folder.resolve("other.onnx"));
    ModelMetadata rwightman =
        ModelExport.write(recipe(NameScheme.RWIGHTMAN), folder.resolve("rwightman.onnx"));

    assertThat(own.poolPadding()).isEqualTo("zero");
    assertThat(other.poolPadding()).isEqualTo("-inf");
    assertThat(other.weightsDigest()).isEqualTo(own.weightsDigest());
    assertThat(other.digest()).isNotEqualTo(own.digest()).isEqualTo(rwightman.digest());
  }

  @Test
  void anUntrainedNetworkSaysSoAndIsTheSameEveryTime() throws IOException {
    ModelRecipe recipe = ModelRecipe.untrained("d0").withTopK(10);

    ModelMetadata first = ModelExport.write(recipe, folder.resolve("a.onnx"));
    ModelMetadata second = ModelExport.write(recipe, folder.resolve("b.onnx"));

    assertThat(first.trained()).isFalse();
    assertThat(first.domain()).isEqualTo("untrained");
    assertThat(first.labels()).isEqualTo(LabelMap.coco());
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(Files.mismatch(folder.resolve("a.onnx"), folder.resolve("b.onnx"))).isEqualTo(-1);
  }

  /** The graph normalises: what it is told stands in it, and in the metadata. */
  @Test
  void advPropsNormalisationIsAChoice() {
    ModelMetadata usual = ModelExport.write(recipe(NameScheme.RWIGHTMAN), folder.resolve("a.onnx"));
    ModelMetadata advprop =
        ModelExport.write(
            recipe(NameScheme.RWIGHTMAN).withNormalization(Normalization.of("advprop")),
            folder.resolve("b.onnx"));

    assertThat(usual.mean()).containsExactly(255 * 0.485, 255 * 0.456, 255 * 0.406);
    assertThat(advprop.mean()).containsExactly(127.5, 127.5, 127.5);
    assertThat(advprop.std()).containsExactly(127.5, 127.5, 127.5);
    assertThat(advprop.weightsDigest()).isEqualTo(usual.weightsDigest());
    assertThat(advprop.digest()).isNotEqualTo(usual.digest());
  }

  @Test
  void paddingIsAChoiceOnlyWhereWeightsDoNotTellIt() {
    ModelRecipe untrained = ModelRecipe.untrained("d0").withPadding(Padding.SYMMETRIC);

    assertThat(ModelExport.write(untrained, folder.resolve("a.onnx")).padding())
        .isEqualTo("symmetric");
    assertThat(ModelExport.write(ModelRecipe.untrained("d0"), folder.resolve("b.onnx")).padding())
        .isEqualTo("same");
    assertThatThrownBy(
            () ->
                ModelExport.write(
                    recipe(NameScheme.ZYLO117).withPadding(Padding.SAME), folder.resolve("c.onnx")))
        .hasMessageContaining("Padding is told by the names of whole weights");
  }

  @Test
  void weightsAloneGoOutAndComeBackAsTheSameModel() {
    ModelRecipe zylo = recipe(NameScheme.ZYLO117);
    ModelMetadata direct = ModelExport.write(zylo, folder.resolve("direct.onnx"));
    Path weights = folder.resolve("w.safetensors");

    ModelExport.writeWeights(zylo, Optional.of(NameScheme.RWIGHTMAN), weights);
    ModelMetadata again =
        ModelExport.write(
            ModelRecipe.of("d0", weights)
                .withLabels(TWO)
                .withDomain("pets")
                .withLicence("CC0-1.0")
                .withTopK(50),
            folder.resolve("again.onnx"));

    assertThat(again.digest()).isEqualTo(direct.digest());
    assertThat(again.poolPadding()).isEqualTo("zero");
  }

  @Test
  void initialWeightsStayUntrainedOnTheirWay() {
    Path weights = folder.resolve("w.safetensors");
    ModelExport.writeWeights(ModelRecipe.untrained("d0"), Optional.empty(), weights);

    ModelMetadata model =
        ModelExport.write(ModelRecipe.of("d0", weights), folder.resolve("m.onnx"));

    assertThat(model.trained()).isFalse();
    assertThat(model.domain()).isEqualTo("untrained");
  }

  @Test
  void aRecipeDoesNotClaimADomainThatItsClassesDeny() {
    ModelRecipe coco = ModelRecipe.of("d0", folder.resolve("w.pth"));

    assertThat(coco.domain()).isEqualTo("coco");
    assertThat(coco.withLabels(LabelMap.coco()).domain()).isEqualTo("coco");
    assertThat(coco.withLabels(TWO).domain()).isEqualTo("unknown");
    assertThat(coco.withLabels(TWO).withDomain("pets").domain()).isEqualTo("pets");
    assertThat(ModelRecipe.untrained("d0").withDomain("pets").domain()).isEqualTo("untrained");
  }

  @Test
  void weightsThatDoNotFitLeaveNoFile() {
    ModelRecipe wrong = recipe(NameScheme.ZYLO117).withLabels(LabelMap.coco());

    assertThatThrownBy(() -> ModelExport.write(wrong, folder.resolve("m.onnx")))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("weights for 2 classes, not 90");
    assertThat(folder.resolve("m.onnx")).doesNotExist();
  }

  @Test
  void aLevelIsMadeOnFirstUseAndFoundAfterwards() throws IOException {
    Path cache = folder.resolve("cache");
    Files.createDirectories(cache);
    Path ofAnOlderBuild =
        Files.createFile(cache.resolve("efficientdet-d0-untrained-top1000-0123456789abcdef.onnx"));
    Path ofAnotherBuild =
        Files.createFile(cache.resolve("efficientdet-d0-untrained-top1000-fedcba9876543210.onnx"));
    var longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
    Files.setLastModifiedTime(ofAnOlderBuild, longAgo);
    ModelFiles.Resolved made = ModelFiles.resolve("EfficientDet-D0", cache);
    Object file = Files.readAttributes(made.path(), BasicFileAttributes.class).fileKey();
    Files.setLastModifiedTime(made.path(), longAgo);

    ModelFiles.Resolved found = ModelFiles.resolve("d0", cache);

    assertThat(found.path()).isEqualTo(made.path());
    assertThat(Files.readAttributes(found.path(), BasicFileAttributes.class).fileKey())
        .as("it was not made again")
        .isEqualTo(file);
    assertThat(Files.getLastModifiedTime(found.path())).as("it is in use").isGreaterThan(longAgo);
    assertThat(found.metadata()).usingRecursiveComparison().isEqualTo(made.metadata());
    assertThat(ofAnOlderBuild).doesNotExist();
    assertThat(ofAnotherBuild).as("a job of it may open it late").exists();

    Files.writeString(found.path(), "damaged");
    assertThat(ModelFiles.resolve("d0", cache).metadata().digest())
        .isEqualTo(made.metadata().digest());
  }

  @Test
  void aPathIsReadAndAnUnknownNameTold() throws IOException {
    Path file = folder.resolve("m.onnx");
    ModelFile.write(file, Models.graph(), Models.metadata());

    assertThat(ModelFiles.resolve(file.toString(), folder).path()).isEqualTo(file);
    assertThatThrownBy(() -> ModelFiles.resolve("d12", folder))
        .isInstanceOf(DetectorException.class)
        .hasMessage(
            "Unknown model 'd12': no file has this name, and the models are d0, d1, d2, d3, d4, d5,"
                + " d6, d7, d7x, lite0, lite1, lite2, lite3, lite3x, lite4, drawn. Did you mean 'd1'?");
    assertThatThrownBy(() -> ModelFiles.resolve("models/d0.onnx", folder))
        .hasMessage("There is no model file models/d0.onnx.");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
