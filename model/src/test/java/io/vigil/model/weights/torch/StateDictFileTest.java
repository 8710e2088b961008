package io.vigil.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictFileTest {
  @TempDir Path folder;

  private Path pth() {
    return folder.resolve("weights.pth");
  }

  private static Tensor read(Path path, String name) {
    try (var file = StateDictFile.open(path)) {
      return file.read(List.of(name)).get(name);
    }
  }

  @Test
  void readsNamesShapesAndValues() {
    Path path =
        new PthFile()
            .add("conv.weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
            .add("conv.bias", new float[] {-0.0f, Float.MIN_VALUE}, 2)
            .addCounter("bn.num_batches_tracked", 41)
            .write(pth());

    try (var file = StateDictFile.open(path)) {
      assertThat(file.shapes().keySet())
          .containsExactly("bn.num_batches_tracked", "conv.bias", "conv.weight");
      assertThat(file.shapes().get("conv.weight")).containsExactly(2, 3);
      assertThat(file.shapes().get("bn.num_batches_tracked")).isEmpty();
      var read = file.read(file.shapes().keySet());
      assertThat(read.get("conv.weight").values()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read.get("conv.bias").values()).containsExactly(-0.0f, Float.MIN_VALUE);
      assertThat(read.get("bn.num_batches_tracked").values()).containsExactly(41);
    }
  }

  @Test
  void readsEveryElementType() {
    ByteBuffer doubles = littleEndian(16).putDouble(0, 0.1).putDouble(8, 1e300);
    ByteBuffer halves = littleEndian(10);
    int[] halfBits = {0x3c00, 0x8001, 0x7bff, 0xfc00, 0x3555};
    int[] brainBits = {0x3f80, 0xc049};
    ByteBuffer brains = littleEndian(4);
    for (int i = 0; i < halfBits.length; i++) {
      halves.putShort(i * 2, (short) halfBits[i]);
    }
    for (int i = 0; i < brainBits.length; i++) {
      brains.putShort(i * 2, (short) brainBits[i]);
    }
    Path path =
        new PthFile()
            .add("double", "DoubleStorage", doubles.array(), 2, 2)
            .add("half", "HalfStorage", halves.array(), 5, 5)
            .add("brain", "BFloat16Storage", brains.array(), 2, 2)
            .write(pth());

    assertThat(read(path, "double").values()).containsExactly(0.1f, Float.POSITIVE_INFINITY);
    assertThat(read(path, "half").values())
        .containsExactly(1f, -0x1p-24f, 65504f, Float.NEGATIVE_INFINITY, 0x1.554p-2f);
    assertThat(read(path, "brain").values()).containsExactly(1f, -3.140625f);
  }

  @Test
  void readsViewsOfASharedStorage() {
    byte[] bytes = new byte[24];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(new float[] {0, 1, 2, 3, 4, 5});
    Path path =
        new PthFile()
            .storage("s", bytes)
            .view("whole", "FloatStorage", "s", 6, 0, sizes(2, 3), sizes(3, 1))
            .view("transposed", "FloatStorage", "s", 6, 0, sizes(3, 2), sizes(1, 3))
            .view("expanded", "FloatStorage", "s", 6, 4, sizes(3, 2), sizes(0, 1))
            .view("scalar", "FloatStorage", "s", 6, 5, sizes(), sizes())
            .view("none", "FloatStorage", "s", 6, 6, sizes(0, 3), sizes(3, 1))
            .write(pth());

    assertThat(read(path, "whole").values()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read(path, "transposed").values()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(read(path, "expanded").values()).containsExactly(4, 5, 4, 5, 4, 5);
    assertThat(read(path, "scalar").values()).containsExactly(5);
    assertThat(read(path, "none").values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model", "model_state_dict", "state_dict_ema", "ema"})
  void findsTheTensorsOfATrainingCheckpoint(String section) {
    Path path = new PthFile(section).add("module.a.weight", new float[] {3}, 1).write(pth());

    try (var file = StateDictFile.open(path)) {
      assertThat(file.section()).isEqualTo(section);
      assertThat(file.shapes().keySet()).containsExactly("a.weight");
    }
  }

  /** Beside the weights that they are averages of, or alone; in an entry, or as the file itself. */
  @ParameterizedTest
  @CsvSource({"ema., model.", "model_ema.module., ''", "ema_model., module.", "ema.module., none"})
  void takesTheAverages(String prefix, String beside) {
    PthFile weights = new PthFile("state_dict").add(prefix + "a", new float[] {1}, 1);
    weights.add(prefix + "b", new float[] {2}, 1);
    if (!beside.equals("none")) {
      weights.add(beside + "a", new float[] {3}, 1).add(beside + "b", new float[] {4}, 1);
    }

    try (var file = StateDictFile.open(weights.write(pth()))) {
      assertThat(file.section()).isEqualTo("state_dict." + prefix.replace("module.", ""));
      assertThat(file.shapes().keySet()).containsExactly("a", "b");
      assertThat(file.read(List.of("b")).get("b").values()).containsExactly(2);
    }
  }

  /** A layer that is called so is no average of anything. */
  @Test
  void fewNamesWithAPrefixOfAveragesAreNoNetwork() {
    PthFile weights = new PthFile().add("ema.a", new float[] {1}, 1);
    for (int i = 0; i < 5; i++) {
      weights.add("layer" + i, new float[] {1}, 1);
    }

    try (var file = StateDictFile.open(weights.write(pth()))) {
      assertThat(file.shapes()).hasSize(6);
    }
  }

  /** effdet's training bench computes anchors, which are in its state_dict. */
  @Test
  void passesOverTheAnchorsOfATrainingBench() {
    Path path =
        new PthFile()
            .add("model.a", new float[] {1}, 1)
            .add("anchors.boxes", new float[] {1, 2}, 2)
            .write(pth());

    try (var file = StateDictFile.open(path)) {
      assertThat(file.shapes().keySet()).containsExactly("a");
    }
  }

  @Test
  void dropsPrefixesThatEveryNameHasAndNoOthers() {
    Path wrapped =
        new PthFile()
            .add("module.model.a", new float[] {1}, 1)
            .add("module.model.b", new float[] {2}, 1)
            .write(pth());
    Path mixed =
        new PthFile()
            .add("model.a", new float[] {1}, 1)
            .add("b", new float[] {2}, 1)
            .write(folder.resolve("mixed.pth"));

    try (var file = StateDictFile.open(wrapped);
        var other = StateDictFile.open(mixed)) {
      assertThat(file.shapes().keySet()).containsExactly("a", "b");
      assertThat(other.shapes().keySet()).containsExactly("b", "model.a");
    }
  }

  @Test
  void readsParametersCompressedMembersAndBigEndianFiles() {
    byte[] pickle =
        Pickle.start()
            .orderedDict()
            .op('(')
            .text("w")
            .global("torch._utils", "_rebuild_parameter")
            .op('(')
            .tensor("FloatStorage", "0", 1, 0, sizes(1), sizes(1))
            .op(0x88)
            .orderedDict()
            .raw("tRu")
            .stop();
    Path path =
        new PthFile()
            .storage("0", ByteBuffer.allocate(4).putFloat(2.5f).array())
            .member("byteorder", "big".getBytes(StandardCharsets.US_ASCII))
            .compressed()
            .write(pth(), pickle);

    assertThat(read(path, "w").values()).containsExactly(2.5f);
  }

  @Test
  void explainsWhatPeopleHaveInstead() throws IOException {
    assertRefused(folder.resolve("absent.pth"), "there is no such weights file");
    assertRefused(folder, "is no file; name a weights file (.pth)");
    assertRefused(file(""), "is empty");
    assertRefused(file("<!DOCTYPE html><html>"), "is a web page, not weights");
    assertRefused(file("version https://git-lfs.github.com/spec/v1"), "git lfs pull");
    assertRefused(file("hello"), "is no weights file: it begins neither as");
    assertRefused(
        new PthFile().member("constants.pkl", new byte[0]).write(pth()), "a TorchScript program");
  }

  @Test
  void tellsACutOffFileAndADamagedOne() throws IOException {
    byte[] whole = Files.readAllBytes(new PthFile().add("a", new float[100], 100).write(pth()));
    Files.write(pth(), Arrays.copyOf(whole, whole.length / 2));
    assertRefused(pth(), "is cut off or damaged", "does not end as a zip archive does");

    int inStorage = new String(whole, StandardCharsets.ISO_8859_1).indexOf("data/0") + 50;
    whole[inStorage] ^= 1;
    Files.write(pth(), whole);
    assertThatThrownBy(() -> read(pth(), "a"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("the checksum of 'archive/data/0' is wrong");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(pth(), text);
  }

  private static void assertRefused(Path path, String... parts) {
    assertThatThrownBy(() -> StateDictFile.open(path).close())
        .isInstanceOf(WeightsException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(path.toString());
  }

  private static long[] sizes(long... values) {
    return values;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
