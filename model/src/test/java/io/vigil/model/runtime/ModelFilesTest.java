package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.golden.FormulaFiles;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.pull.PublishedWeights;
import io.vigil.model.weights.pull.WeightsPull;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
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

  /** Weights of the real names and shapes, under a digest that is trusted by hand. */
  private void pullFromMirror(String name) throws Exception {
    var published = PublishedWeights.named(name);
    var mirror = Files.createDirectories(folder.resolve("mirror"));
    var config = EfficientDetConfig.named(published.level());
    var weights = InitialWeights.of(ShapeReading.of(config).parameters(), 3);
    var file =
        FormulaFiles.write(mirror.resolve(published.file()), config, weights, NameScheme.RWIGHTMAN);
    new WeightsPull(ModelFiles.weights(folder), Optional.of(mirror.toUri()), ProxySelector.of(null))
        .pull(published.withSha256(sha256(file)), bytes -> {});
  }

  private static String sha256(Path file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
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
