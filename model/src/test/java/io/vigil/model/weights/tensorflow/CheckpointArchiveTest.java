package io.vigil.model.weights.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.WeightsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code efficientdet-d0.tar.gz} as it is published. */
class CheckpointArchiveTest {
  @TempDir Path folder;

  private Path checkpoint() {
    return new CheckpointWriter().add("a", new float[] {1, 2}, 2).write(folder.resolve("model"));
  }

  private Path archive() {
    return folder.resolve("d0.tar.gz");
  }

  @Test
  void isReadAsItIsAndLeavesNothingBehind() throws IOException {
    Path archive =
        new TarWriter()
            .add("efficientdet-d0/", '5')
            .add(
                "efficientdet-d0/checkpoint",
                "model_checkpoint_path".getBytes(StandardCharsets.UTF_8))
            .addCheckpoint(checkpoint(), "efficientdet-d0")
            .add("efficientdet-d0/model.meta", new byte[5000])
            .write(archive());
    var before = unpacked();

    try (TensorFile file = WeightsFile.open(archive)) {
      assertThat(file.path()).isEqualTo(archive);
      assertThat(file.read(List.of("a")).get("a").values()).containsExactly(1, 2);
      assertThat(unpacked()).hasSize(before.size() + 1);
    }
    assertThat(unpacked()).isEqualTo(before);
  }

  private static List<Path> unpacked() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("vigil-checkpoint"))
          .sorted()
          .toList();
    }
  }

  @Test
  void namesThatLeadElsewhereAreOnlyNames() throws IOException {
    Path archive = new TarWriter().addCheckpoint(checkpoint(), "../../../tmp").write(archive());

    try (TensorFile file = WeightsFile.open(archive)) {
      assertThat(file.shapes()).containsOnlyKeys("a");
    }
    assertThat(Path.of("/tmp/model.index")).doesNotExist();
  }

  @Test
  void whatIsDamagedIsTold() throws IOException {
    Path whole = new TarWriter().addCheckpoint(checkpoint(), "d0").write(archive());
    byte[] bytes = Files.readAllBytes(whole);
    var before = unpacked();
    for (int length : new int[] {2, 10, bytes.length / 2, bytes.length - 4}) {
      Files.write(whole, Arrays.copyOf(bytes, length));
      assertRefused(whole, "d0.tar.gz is cut off or damaged: it begins as an archive (gzip), but");
    }
    var notTar = folder.resolve("text.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(notTar))) {
      out.write(new byte[1000]);
      out.write("no tar".getBytes(StandardCharsets.UTF_8));
    }
    assertRefused(notTar, "an archive with 0 TensorFlow checkpoints");
    try (var out = new GZIPOutputStream(Files.newOutputStream(notTar))) {
      out.write("text ".repeat(200).getBytes(StandardCharsets.UTF_8));
    }
    assertRefused(notTar, "what it holds is no tar archive");
    assertThat(unpacked()).isEqualTo(before);
  }

  @Test
  void whatHoldsNoCheckpointOrSeveralIsTold() {
    Path none = new TarWriter().add("saved_model.pb", new byte[9]).write(archive());
    assertRefused(
        none,
        "an archive with 0 TensorFlow checkpoints (*.index), where one was expected; it begins"
            + " with [saved_model.pb]");
    Path other = new CheckpointWriter().write(folder.resolve("other"));
    Path two =
        new TarWriter().addCheckpoint(checkpoint(), "a").addCheckpoint(other, "b").write(archive());
    assertRefused(two, "an archive with 2 TensorFlow checkpoints");
    Path link = new TarWriter().add("model.index", '2').write(archive());
    assertRefused(link, "an archive with 0 TensorFlow checkpoints");
  }

  @Test
  void whatUnpacksToFarMoreThanItsSizeIsRefused() {
    Path bomb = new TarWriter().add("model.index", new byte[64 << 20]).write(archive());
    assertRefused(bomb, "would unpack to more than 16 times its own size");
    Path liar = new TarWriter().add("model.index", 1L << 32, '0').write(archive());
    assertRefused(liar, "would unpack to more than 16 times its own size");
  }

  /** Messages name the archive, not where it was unpacked. */
  @Test
  void aBrokenCheckpointInsideIsTold() {
    Path broken = new TarWriter().add("d0/model.index", new byte[100]).write(archive());
    assertRefused(broken, "d0.tar.gz.index is no index of a TensorFlow checkpoint, or damaged");
    Path noData = checkpoint();
    assertThat(noData.resolveSibling("model.data-00000-of-00001").toFile().delete()).isTrue();
    try {
      byte[] index = Files.readAllBytes(Path.of(noData + ".index"));
      Path lacking = new TarWriter().add("d0/model.index", index).write(archive());
      assertRefused(lacking, "d0.tar.gz lacks its data");
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> WeightsFile.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(why);
  }
}
