package io.vigil.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format of {@code torch.save} before PyTorch 1.6; the pickles are as in the other tests. */
class LegacyFileTest {
  private static final ReadLimits SMALL =
      new ReadLimits(1 << 20, 20, 8, 1 << 12, 1000, 100, 64, 1 << 16, 1 << 14);

  @TempDir Path folder;

  private Path pth() {
    return folder.resolve("old.pth");
  }

  private static PthFile file() {
    return new PthFile().legacy();
  }

  @Test
  void readsNamesShapesAndValues() {
    Path path =
        file()
            .add("module.w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
            .addCounter("module.n", 41)
            .add("module.h", "HalfStorage", new byte[] {0, 0x3c, 1, (byte) 0x80}, 2, 2)
            .view("module.t", "FloatStorage", "0", 6, 0, sizes(3, 2), sizes(1, 3))
            .write(pth());

    try (var file = StateDictFile.open(path)) {
      assertThat(file.shapes().keySet()).containsExactly("h", "n", "t", "w");
      var read = file.read(file.shapes().keySet());
      assertThat(read.get("w").shape()).containsExactly(2, 3);
      assertThat(read.get("w").values()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read.get("n").values()).containsExactly(41);
      assertThat(read.get("h").values()).containsExactly(1, -0x1p-24f);
      assertThat(read.get("t").values()).containsExactly(1, 4, 2, 5, 3, 6);
    }
  }

  @Test
  void readsFilesOfMachinesThatWriteTheOtherWayRound() {
    byte[] bytes = ByteBuffer.allocate(4).putFloat(2.5f).array();
    Path path = file().bigEndian().add("w", "FloatStorage", bytes, 1, 1).write(pth());

    try (var file = StateDictFile.open(path)) {
      assertThat(file.read(List.of("w")).get("w").values()).containsExactly(2.5f);
    }
  }

  @Test
  void refusesWhatAPickleMayNotAskFor() {
    byte[] hostile = Pickle.start().global("os", "system").op('(').text("touch x").raw("tR").stop();

    assertRefused(
        file().write(pth(), hostile), " is refused: its pickle asks for 'os.system'", "trust");
  }

  @Test
  void refusesCodeInEveryPickleAndNotOnlyInTheObjects() throws IOException {
    byte[] magic = Arrays.copyOf(file().legacyStart(1001), 15);
    byte[] hostile = Pickle.start().global("posix", "system").raw(")R0000").stop();
    Files.write(pth(), joined(magic, hostile));
    assertRefused(pth(), "its pickle asks for 'posix.system'");

    Path path = file().write(pth(), Pickle.start().orderedDict().stop());
    byte[] whole = Files.readAllBytes(path);
    Files.write(pth(), joined(Arrays.copyOf(whole, whole.length - 6), hostile));
    assertRefused(pth(), "its pickle asks for 'posix.system'");
  }

  @Test
  void refusesALengthBeyondTheFileBeforeAnythingIsRead() {
    Path path =
        file()
            .storage("0", new byte[16])
            .view("w", "FloatStorage", "0", 1L << 40, 0, sizes(4), sizes(1))
            .write(pth());

    assertRefused(path, "its storage '0' of 1099511627776 elements of float32 does not end");
  }

  @Test
  void refusesATensorBeyondItsStorageAndAStorageThatIsTooLarge() {
    Path beyond =
        file()
            .storage("0", new byte[16])
            .view("w", "FloatStorage", "0", 4, 1, sizes(4), sizes(1))
            .write(pth());
    assertRefused(beyond, "w: reaches element 4 of a storage of 4");

    Path large =
        file()
            .storage("0", new byte[1 << 17])
            .view("w", "FloatStorage", "0", 1 << 15, 0, sizes(1), sizes(1))
            .write(pth());
    assertRefused(large, "w: storage '0' has more than 65536 bytes");
  }

  @Test
  void refusesStoragesThatTheFileAndThePickleSeeDifferently() throws IOException {
    Path path = file().add("w", new float[4], 4).write(pth());
    byte[] whole = Files.readAllBytes(path);
    whole[whole.length - 24] = 3;
    Files.write(path, whole);
    assertRefused(path, "w: storage '0' has 3 elements, where 4 were claimed");

    Path twoWays =
        file()
            .add("a", new float[4], 4)
            .view("b", "DoubleStorage", "0", 2, 0, sizes(2), sizes(1))
            .write(pth());
    assertRefused(twoWays, "describes storage '0' in two ways");

    Path unnamed = file().storage("7", new byte[4]).add("w", new float[1], 1).write(pth());
    assertRefused(unnamed, "lists a storage '7' that no tensor has");
  }

  @Test
  void refusesAViewOfAnotherStorage() {
    byte[] pickle =
        Pickle.start()
            .orderedDict()
            .raw("(")
            .text("w")
            .global("torch._utils", "_rebuild_tensor_v2")
            .raw("((")
            .text("storage")
            .global("torch", "FloatStorage")
            .text("0")
            .text("cpu")
            .integer(1)
            .tuple(1, 2)
            .raw("tQ")
            .stop();

    assertRefused(file().write(pth(), pickle), "a storage of an unknown form");
  }

  @Test
  void tellsACutOffFileWhereverItIsCut() throws IOException {
    byte[] whole = Files.readAllBytes(file().add("w", new float[100], 100).write(pth()));
    Files.write(pth(), Arrays.copyOf(whole, whole.length - 1));
    assertRefused(pth(), "is cut off or damaged", "of 100 elements of float32 does not end");
    Files.write(pth(), Arrays.copyOf(whole, 15));
    assertRefused(pth(), "is cut off or damaged", "it ends before its storages are named");
    Files.write(pth(), Arrays.copyOf(whole, 200));
    assertRefused(pth(), "is cut off or damaged", "it ends before its storages are named");
  }

  @Test
  void doesNotReadPicklesWithoutEnd() {
    Pickle pickle = Pickle.start().orderedDict().raw("(");
    for (int i = 0; i < 90; i++) {
      pickle.text("x".repeat(60));
    }
    Path path = file().write(pth(), pickle.raw("u").stop());

    assertRefused(path, "its pickles have more than 4096 bytes");
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    Files.write(pth(), file().legacyStart(1002));
    assertRefused(pth(), "a version of PyTorch's old format that is not known: 1002, not 1001");
  }

  private static byte[] joined(byte[]... parts) {
    var text = new StringBuilder();
    for (byte[] part : parts) {
      text.append(new String(part, StandardCharsets.ISO_8859_1));
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertRefused(Path path, String... parts) {
    assertThatThrownBy(() -> StateDictFile.open(path, SMALL).close())
        .isInstanceOf(WeightsException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(path.toString());
  }

  private static long[] sizes(long... values) {
    return values;
  }
}
