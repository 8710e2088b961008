package io.vigil.model.weights.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.golden.FormulaWeights;
import io.vigil.model.golden.LightWeights;
import io.vigil.model.weights.ImportedWeights;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.WeightsFile;
import io.vigil.model.weights.WeightsImport;
import io.vigil.model.weights.names.NameScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowCheckpointTest {
  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");
  private static final String EMA = "/ExponentialMovingAverage";

  /** Of the weights that the golden outputs are of, computed from the references' own files. */
  private static final String DIGEST =
      "18cc3c549637c1d80f826007b180a4bad77ce634da035b7a270af8a89b36d818";

  @TempDir Path folder;

  private Path prefix() {
    return folder.resolve("model");
  }

  @Test
  void givesTheWeightsOfTheGoldenOutputsToTheBit() {
    Path prefix =
        CheckpointWriter.of(D0, FormulaWeights.of(D0, "rwightman_d0.json"), "").write(prefix());

    ImportedWeights imported = WeightsImport.read(prefix, D0);

    assertThat(imported.scheme()).isEqualTo(NameScheme.GOOGLE);
    assertThat(imported.digest()).isEqualTo(DIGEST);
    assertThat(imported.implementation().poolPadding()).isEqualTo(PoolPadding.MINUS_INFINITY);
    assertThat(imported.section()).isEmpty();
  }

  @Test
  void prefersAveragesAndPassesOverTheOptimizer() {
    Weights formula = FormulaWeights.of(D0, "rwightman_d0.json");
    Weights noise =
        name ->
            new Tensor(
                formula.tensor(name).shape(), new float[formula.tensor(name).values().length]);
    var writer = CheckpointWriter.of(D0, noise, "");
    writer.add(D0, formula, EMA);
    writer.add(D0, noise, "/Momentum");
    writer.add("global_step", 9, new byte[8]).add("learning_rate", new float[] {1});
    writer.raw("_CHECKPOINTABLE_OBJECT_GRAPH", new byte[] {8, 7});

    ImportedWeights imported = WeightsImport.read(writer.write(prefix()), D0);

    assertThat(imported.digest()).isEqualTo(DIGEST);
    assertThat(imported.section()).isEqualTo("ExponentialMovingAverage");
  }

  /** A level more, blocks counted through, no fusion weights; and a lite one without squeezing. */
  @Test
  void namesEveryVariableOfOtherLevels() {
    var d7x = NameScheme.GOOGLE.table(EfficientDetConfig.named("d7x"));
    assertThat(d7x.of("fpn.cell0.bottomup5.lateral.conv.weight"))
        .isEqualTo("fpn_cells/cell_0/fnode6/resample_0_2_12/conv2d/kernel");
    assertThat(d7x.of("fpn.cell7.topdown7.pointwise.weight"))
        .isEqualTo("fpn_cells/cell_7/fnode0/op_after_combine6/conv/pointwise_kernel");
    assertThat(d7x.of("class.layer4.norm.p8.mean")).isEqualTo("class_net/class-4-bn-8/moving_mean");
    assertThat(d7x.of("backbone.stage2.block0.depthwise.conv.weight"))
        .isEqualTo("efficientnet-b7/blocks_4/depthwise_conv2d/depthwise_kernel");

    var lite0 = EfficientDetConfig.named("lite0");
    Path prefix = CheckpointWriter.of(lite0, LightWeights.of(lite0), EMA).write(prefix());
    assertThat(WeightsImport.read(prefix, lite0).section()).isEqualTo("ExponentialMovingAverage");
    assertThatThrownBy(() -> WeightsImport.read(prefix, D0))
        .hasMessageContaining("does not fit d0: of its ")
        .hasMessageContaining("named as google names them")
        .hasMessageContaining("These are weights of lite0.");
  }

  @Test
  void isFoundByItsFolderAndByEachOfItsFiles() throws IOException {
    new CheckpointWriter().add("a", new float[] {1, 2}, 2).write(prefix());
    for (String name : List.of("model", "model.index", "model.data-00000-of-00001", "")) {
      try (TensorFile file = WeightsFile.open(folder.resolve(name))) {
        assertThat(file.read(List.of("a")).get("a").values()).containsExactly(1, 2);
      }
    }
    new CheckpointWriter().write(folder.resolve("other"));
    assertRefused(folder, "holds 2 checkpoints; name one of them", "model.index");
  }

  @Test
  void tellsADataFileThatIsMissingCutOffOrDamaged() throws IOException {
    Path data = folder.resolve("model.data-00000-of-00001");
    new CheckpointWriter().add("conv/kernel", new float[100], 100).write(prefix());
    byte[] whole = Files.readAllBytes(data);

    Files.write(data, Arrays.copyOf(whole, 399));
    assertRefused(
        prefix(), "1 variables of its index are not in its data", "conv/kernel: 400 bytes at 0 of");
    whole[7] = 1;
    Files.write(data, whole);
    try (TensorFile file = WeightsFile.open(prefix())) {
      assertThatThrownBy(() -> file.read(List.of("conv/kernel")))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("is damaged: the checksum of 'conv/kernel' is wrong");
    }
    Files.delete(data);
    assertRefused(prefix(), "lacks its data: there is no " + data);
  }

  @Test
  void tellsADamagedIndexWhereverItIsDamaged() throws IOException {
    Path index = folder.resolve("model.index");
    var writer = new CheckpointWriter();
    for (int i = 0; i < 200; i++) {
      writer.add("block_" + i + "/kernel", new float[] {i}, 1);
    }
    writer.write(prefix());
    byte[] whole = Files.readAllBytes(index);
    try (TensorFile file = WeightsFile.open(prefix())) {
      assertThat(file.shapes()).hasSize(200);
      assertThat(file.read(List.of("block_17/kernel")).get("block_17/kernel").values())
          .containsExactly(17);
    }

    for (int at : new int[] {3, whole.length / 2, whole.length - 60}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(index, damaged);
      assertRefused(prefix(), "is no index of a TensorFlow checkpoint, or damaged");
    }
    Files.write(index, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(prefix(), "it does not end as TensorFlow's index does");
    Files.write(index, new byte[10]);
    assertRefused(prefix(), "it does not end as TensorFlow's index does");
    byte[] handle = whole.clone();
    Arrays.fill(handle, whole.length - 48, whole.length - 8, (byte) 0x7f);
    Files.write(index, handle);
    assertRefused(prefix(), "the checksum of the block at byte 127 is wrong");
    handle[whole.length - 46] = (byte) 0xff;
    handle[whole.length - 45] = (byte) 0xff;
    handle[whole.length - 44] = (byte) 0xff;
    Files.write(index, handle);
    assertRefused(prefix(), "a block of 127 bytes at 268435455 is not in it");
    Arrays.fill(handle, whole.length - 48, whole.length - 8, (byte) 0xff);
    Files.write(index, handle);
    assertRefused(prefix(), "a number does not end");
  }

  @Test
  void refusesEntriesThatCannotBe() {
    assertRefused(
        new CheckpointWriter().entry("w", 1, 0, 0, 1L << 40, 0, 1 << 20, 1 << 18).write(prefix()),
        "w: its shape has 1099511627776 bytes, but 1099511627776 are stored");
    assertRefused(
        new CheckpointWriter().entry("w", 1, 0, 0, 16, 0, 5).write(prefix()),
        "w: its shape has 20 bytes, but 16 are stored");
    assertRefused(
        new CheckpointWriter().entry("w", 1, 0, Long.MAX_VALUE - 1, 4, 0, 1).write(prefix()),
        "1 variables of its index are not in its data");
    assertRefused(
        new CheckpointWriter().entry("w", 1, 3, 0, 4, 0, 1).write(prefix()),
        "w lies at byte 0 of data file 3 of 1");
    assertRefused(
        new CheckpointWriter().entry("w", 1, 0, -4, 4, 0, 1).write(prefix()), "w lies at byte -4");
    assertRefused(
        new CheckpointWriter().entry("w", 1, 0, 0, 4, 0, -1).write(prefix()), "a dimension of -1");
    assertRefused(
        new CheckpointWriter().entry("w", 1, 0, 0, 4, 0, new int[9]).write(prefix()),
        "w has 9 dimensions");
    assertRefused(
        new CheckpointWriter().raw("w", new byte[] {10, 100}).write(prefix()),
        "an entry is no protobuf message");
    assertRefused(
        new CheckpointWriter().raw("", new byte[] {8, (byte) 0xff, 0x7f}).write(prefix()),
        "it names 16383 data files");
    assertRefused(new CheckpointWriter().compression(1).write(prefix()), "a block is compressed");
    assertRefused(
        new CheckpointWriter().add("k".repeat(2000), new float[1], 1).write(prefix()),
        "a length of 2000, where at most 1024 can be");
  }

  /** RFC 3720's vector, and what LevelDB makes of it. */
  @Test
  void theChecksumIsLevelDbs() {
    var bytes = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));
    int crc = 0xe3069283;

    assertThat(MaskedCrc.of(bytes)).isEqualTo(Integer.rotateRight(crc, 15) + 0xa282ead8);
  }

  private static void assertRefused(Path path, String... parts) {
    assertThatThrownBy(() -> WeightsFile.open(path).close())
        .isInstanceOf(WeightsException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(path.toString());
  }
}
