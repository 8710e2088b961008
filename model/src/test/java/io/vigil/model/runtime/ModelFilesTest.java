package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.digest.Sha256;
import io.vigil.model.golden.FormulaFiles;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.pull.PublishedWeights;
import io.vigil.model.weights.pull.WeightsPull;
import io.vigil.model.weights.tensorflow.CheckpointWriter;
import io.vigil.model.weights.tensorflow.TarWriter;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {

  @TempDir private Path folder;

  @Test
  void aLevelIsUntrainedUntilItsWeightsArePulled() throws Exception {
    assertThat(ModelFiles.resolve("d0", folder).metadata().trained()).isFalse();
    pullFromMirror("d0");
    var model = ModelFiles.resolve("efficientdet-D0", folder);
    assertThat(model.metadata().trained()).isTrue();
    assertThat(model.metadata().licence()).isEqualTo("Apache-2.0");
    assertThat(model.metadata().domain()).isEqualTo("coco");
    assertThat(model.metadata().poolPadding()).isEqualTo("-inf");
    assertThat(ModelFiles.resolve("d0", folder).path()).isEqualTo(model.path());
  }

  @Test
  void aFolderOfItsNameIsNotTheModel() throws Exception {
    Path home = Path.of("").toAbsolutePath();
    Path same = Files.createDirectory(home.resolve("lite0"));
    try {
      assertThat(ModelFiles.resolve("lite0", folder).metadata().level()).isEqualTo("lite0");
    } finally {
      Files.delete(same);
    }
  }

  @Test
  void theModelThatComesAlongNeedsNothingElse() {
    var model = ModelFiles.resolve("drawn", folder);
    assertThat(model.metadata().trained()).isTrue();
    assertThat(model.metadata().domain()).isEqualTo("drawn");
    assertThat(model.metadata().resolution()).isEqualTo(1024);
    assertThat(model.metadata().labels())
        .extracting("id", "name")
        .containsExactly(
            tuple(1, "person"),
            tuple(2, "bicycle"),
            tuple(3, "car"),
            tuple(6, "bus"),
            tuple(8, "truck"));
    assertThat(ModelFiles.resolve("drawn", folder, 7).metadata().topK()).isEqualTo(7);
    assertThat(ModelFiles.resolve("drawn", folder).path()).isEqualTo(model.path());
  }

  /** Each kind of file in the form that it is published in. */
  @Test
  void whatIsPulledBecomesTheNetworkThatItWasTrainedIn() throws Exception {
    pullFromMirror("d0-ap");
    pullFromMirror("lite0");
    pullFromMirror("effdet-d0");
    pullFromMirror("google-lite0");

    var advprop = ModelFiles.resolve("d0-ap", folder).metadata();
    assertThat(advprop.mean()).containsExactly(127.5, 127.5, 127.5);
    assertThat(advprop.padding()).isEqualTo("same");
    assertThat(ModelFiles.resolve("effdet-d0", folder).metadata().padding()).isEqualTo("symmetric");
    var lite0 = ModelFiles.resolve("lite0", folder).metadata();
    assertThat(lite0.mean()).containsExactly(127, 127, 127);
    assertThat(lite0.trained()).isTrue();
    var google = ModelFiles.resolve("google-lite0", folder, 7).metadata();
    assertThat(google.weightsDigest()).isEqualTo(lite0.weightsDigest());
    assertThat(google.topK()).isEqualTo(7);
  }

  @Test
  void aBackboneIsNoDetector() throws Exception {
    pullFromMirror("imagenet-b0");
    assertThatThrownBy(() -> ModelFiles.resolve("imagenet-b0", folder))
        .isInstanceOf(DetectorException.class)
        .hasMessageContaining("is ImageNet's backbone and detects nothing until it is trained on")
        .hasMessageContaining("vigil model export d0 --weights ")
        .hasMessageContaining(" --keep backbone");
  }

  /** Weights of the real names and shapes, under a digest that is trusted by hand. */
  private void pullFromMirror(String name) throws Exception {
    var published = PublishedWeights.named(name);
    var mirror = Files.createDirectories(folder.resolve("mirror"));
    var file = write(mirror.resolve(published.file()), name, published.level());
    new WeightsPull(ModelFiles.weights(folder), Optional.of(mirror.toUri()), ProxySelector.of(null))
        .pull(published.withSha256(Sha256.of(file)), bytes -> {});
  }

  private Path write(Path file, String name, String level) {
    var tensorFlow = EfficientDetConfig.named(level);
    var config =
        name.startsWith("effdet-")
            ? tensorFlow.withImplementation(Implementation.PYTORCH)
            : tensorFlow;
    var weights = InitialWeights.of(ShapeReading.of(config).parameters(), 3);
    if (name.startsWith("google-")) {
      var checkpoint = CheckpointWriter.of(config, weights, "").write(folder.resolve("model"));
      return new TarWriter().addCheckpoint(checkpoint, "efficientdet-" + level).write(file);
    }
    return FormulaFiles.write(file, config, weights, NameScheme.RWIGHTMAN);
  }

  @Test
  void publishedWeightsThatAreNotHereAreToldWithTheCommandThatGetsThem() throws IOException {
    assertThatThrownBy(() -> ModelFiles.resolve("zylo117-d2", folder))
        .isInstanceOf(DetectorException.class)
        .hasMessage(
            "The weights zylo117-d2 are not here; get them with: vigil model pull zylo117-d2");
    assertThatThrownBy(() -> ModelFiles.resolve("d9", folder))
        .hasMessageContaining("Unknown model 'd9'")
        .hasMessageContaining("Did you mean 'd");
    assertThat(folder).isEmptyDirectory();
  }
}
