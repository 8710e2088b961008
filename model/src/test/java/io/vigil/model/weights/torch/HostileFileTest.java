package io.vigil.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files from people who mean harm: nothing is run, nothing is exhausted, and the message says so.
 */
class HostileFileTest {
  private static final ReadLimits SMALL =
      new ReadLimits(1 << 20, 20, 8, 1 << 16, 1000, 100, 64, 1 << 16, 1 << 12);

  @TempDir Path folder;

  static Stream<Arguments> pickles() {
    return Stream.of(
        pickle(
            "GLOBAL, REDUCE",
            start().global("os", "system").op('(').text("touch x").raw("tR"),
            "asks for 'os.system'"),
        pickle(
            "builtins",
            start().global("builtins", "eval").op('(').text("1").raw("tR"),
            "asks for 'builtins.eval'"),
        pickle(
            "library's own", start().global("array", "array").raw(")R"), "asks for 'array.array'"),
        pickle(
            "an exception",
            start().global("exceptions", "IOError").raw(")R"),
            "asks for 'exceptions.IOError'"),
        pickle(
            "STACK_GLOBAL",
            start().text("posix").text("system").op(0x93),
            "asks for 'posix.system'"),
        pickle("STACK_GLOBAL of no texts", start().raw(")").text("x").op(0x93), "is broken"),
        pickle("INST", start().op('(').raw("ios\nsystem\n"), "instruction 0x69"),
        pickle(
            "OBJ",
            start().op('(').global("collections", "OrderedDict").op('o'),
            "instruction 0x6f"),
        pickle(
            "NEWOBJ",
            start().global("collections", "OrderedDict").raw(")").op(0x81),
            "instruction 0x81"),
        pickle(
            "NEWOBJ_EX",
            start().global("collections", "OrderedDict").raw(")}").op(0x92),
            "instruction 0x92"),
        pickle("EXT1", start().op(0x82, 1), "instruction 0x82"),
        pickle("BUILD", start().raw(")}").op('b'), "sets attributes of something"),
        pickle("BUILD of a text", start().text("x").raw("}b"), "sets attributes of something"),
        pickle(
            "REDUCE of a storage class",
            start().global("torch", "FloatStorage").raw(")R"),
            "calls something that is no function"),
        pickle(
            "REDUCE of a text",
            start().text("os.system").raw(")R"),
            "calls something that is no function"),
        pickle(
            "a control sequence in a name",
            start().global("os", "\u001b[2Jsystem"),
            "asks for 'os.?[2Jsystem'"),
        pickle("BINBYTES8", start().op(0x8e).int64(Long.MAX_VALUE), "instruction 0x8e"),
        pickle("BYTEARRAY8", start().op(0x96).int64(Long.MAX_VALUE), "instruction 0x96"),
        pickle("BINUNICODE8", start().op(0x8d).int64(Long.MAX_VALUE), "instruction 0x8d"),
        pickle("LONG4", start().op(0x8b).int32(Integer.MAX_VALUE), "instruction 0x8b"),
        pickle("BINSTRING", start().op('T').int32(Integer.MAX_VALUE), "instruction 0x54"),
        pickle("BINUNICODE", start().op('X').int32(Integer.MAX_VALUE), "name of 2147483647 bytes"),
        pickle("BINUNICODE below zero", start().op('X').int32(-1), "name of 4294967295 bytes"),
        pickle("BINUNICODE past the end", start().op('X').int32(60), "is broken"),
        pickle("memo bomb", memoBomb(), "more than 1000 instructions"),
        pickle("deep nesting", repeated("(", 500), "piles up more than 100 objects"),
        pickle("an unknown instruction", start().op(0xff), "instruction 0xff"),
        Arguments.of("LONG1 and the end", new byte[] {(byte) 0x80, 2, (byte) 0x8a}, "is broken"),
        pickle("an empty stack", start().raw("R"), "is broken"),
        pickle("no mark", start().raw("u"), "is broken"),
        pickle("no memo", start().raw("h").op(9), "is broken"),
        pickle("a list as key", start().raw("}]K").op(1).op('s'), "dictionary key that is neither"),
        pickle(
            "a key twice",
            start().raw("}(").text("a").raw("N").text("a").raw("Nu"),
            "has the key 'a' twice"),
        pickle(
            "a key without value", start().raw("}(").text("a").raw("u"), "a key without a value"),
        pickle("items of a list", start().raw("](").text("a").raw("Nu"), "is broken"),
        pickle("a storage of no tuple", start().raw("NQ"), "a storage that is no tuple"),
        pickle(
            "sizes of a long integer",
            tensorWithSize(start().op(0x8a, 9).int64(-1).op(1)),
            "no 64-bit integer"));
  }

  private static Arguments pickle(String what, Pickle pickle, String expected) {
    return Arguments.of(what, pickle.stop(), expected);
  }

  private static Pickle start() {
    return Pickle.start();
  }

  private static Pickle repeated(String instructions, int times) {
    return start().raw(instructions.repeat(times));
  }

  /** One object, remembered under ever new numbers. */
  private static Pickle memoBomb() {
    Pickle pickle = start().raw("}");
    for (int i = 0; i < 2000; i++) {
      pickle.op('r').int32(i * 1_000_000);
    }
    return pickle;
  }

  private static Pickle tensorWithSize(Pickle size) {
    byte[] bytes = size.stop();
    String number = new String(bytes, 2, bytes.length - 3, StandardCharsets.ISO_8859_1);
    return start()
        .global("torch._utils", "_rebuild_tensor_v2")
        .raw("((")
        .text("storage")
        .global("torch", "FloatStorage")
        .text("0")
        .text("cpu")
        .integer(1)
        .raw("tQ")
        .integer(0)
        .raw("(" + number + "t)tR");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pickles")
  void refusesThePickle(String what, byte[] pickle, String expected) {
    Path path = new PthFile().write(folder.resolve("hostile.pth"), pickle);

    assertThatThrownBy(() -> StateDictFile.open(path, SMALL))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(path + " is refused: its pickle ")
        .hasMessageContaining(expected)
        .hasMessageContaining("save its tensors alone");
  }

  /** Lists that double at each level: harmless unless hashed, printed or copied. */
  @Test
  void nestedReferencesStayReferences() {
    Pickle pickle = start().raw("]q").op(0);
    for (int i = 1; i < 200; i++) {
      pickle.raw("](h").op(i - 1).raw("h").op(i - 1).raw("eq").op(i);
    }

    assertThat(StateDictUnpickler.unpickle(pickle.stop(), ReadLimits.DEFAULT)).isNotNull();
  }

  static Stream<Arguments> views() {
    long huge = 1L << 62;
    return Stream.of(
        view("past the end", 4, 1, sizes(4), sizes(1), "reaches element 4 of a storage of 4"),
        view("stride past the end", 4, 0, sizes(2, 2), sizes(3, 1), "reaches element 4 of"),
        view("negative offset", 4, -1, sizes(1), sizes(1), "a negative offset, size or stride"),
        view("negative size", 4, 0, sizes(-4), sizes(1), "a negative offset, size or stride"),
        view("negative stride", 4, 3, sizes(4), sizes(-1), "a negative offset, size or stride"),
        view("overflowing shape", 4, 0, sizes(huge, 4), sizes(0, 0), "beyond 64 bits"),
        view("overflowing to 0", 4, 0, sizes(1L << 32, 1L << 32), sizes(0, 0), "beyond 64 bits"),
        view("overflowing reach", 4, huge, sizes(3), sizes(huge), "beyond 64 bits"),
        view("one element a million times", 4, 0, sizes(1 << 20), sizes(0), "more than 4096"),
        view("no element of a huge shape", 4, 0, sizes(0, huge), sizes(0, 0), "more than 4096"),
        view("sizes without strides", 4, 0, sizes(2, 2), sizes(1), "2 sizes but 1 strides"),
        view("ten dimensions", 4, 0, new long[10], new long[10], "10 dimensions, more than 8"),
        view("a larger claim", 1000, 0, sizes(1000), sizes(1), "has 16 bytes, where 1000 elements"),
        view("a smaller claim", 3, 0, sizes(1), sizes(1), "has 16 bytes, where 3 elements"),
        view("a claim that overflows", 1L << 62, 0, sizes(1), sizes(1), "has 16 bytes, where"));
  }

  private static Arguments view(
      String what, long elements, long offset, long[] sizes, long[] strides, String expected) {
    return Arguments.of(what, elements, offset, sizes, strides, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void refusesTheTensor(
      String what, long elements, long offset, long[] sizes, long[] strides, String expected) {
    Path path =
        new PthFile()
            .storage("0", new byte[16])
            .view("bad.weight", "FloatStorage", "0", elements, offset, sizes, strides)
            .write(folder.resolve("hostile.pth"));

    assertThatThrownBy(() -> StateDictFile.open(path, SMALL))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("is damaged or hostile: 1 of 1 tensors cannot be")
        .hasMessageContaining("bad.weight: ")
        .hasMessageContaining(expected);
  }

  @Test
  void tellsAllImpossibleTensorsTogether() {
    Path path =
        new PthFile()
            .storage("0", new byte[16])
            .view("a", "FloatStorage", "0", 4, 9, sizes(1), sizes(1))
            .view("b", "FloatStorage", "../../etc/passwd", 4, 0, sizes(1), sizes(1))
            .view("c", "FloatStorage", "0", 4, 0, sizes(4), sizes(1))
            .write(folder.resolve("hostile.pth"));

    assertThatThrownBy(() -> StateDictFile.open(path))
        .hasMessageContaining("2 of 3 tensors cannot be")
        .hasMessageContaining("a: reaches element 9 of a storage of 4")
        .hasMessageContaining("b: data/../../etc/passwd is not in the file");
  }

  @Test
  void refusesAZipBomb() {
    Path path =
        new PthFile()
            .storage("0", new byte[8 << 20])
            .compressed()
            .view("a", "FloatStorage", "0", 2 << 20, 0, sizes(1), sizes(1))
            .write(folder.resolve("bomb.pth"));

    assertThatThrownBy(() -> StateDictFile.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("would inflate to more than 8 times the file");
  }

  @Test
  void refusesAMemberThatIsLongerThanItSays() throws IOException {
    Path path =
        new PthFile().add("a", new float[64], 64).compressed().write(folder.resolve("liar.pth"));
    byte[] bytes = Files.readAllBytes(path);
    int directoryName =
        new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("archive/data/0");
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(zip.getInt(directoryName - 22)).isEqualTo(256);
    zip.putInt(directoryName - 22, 64 * 2);
    Files.write(path, bytes);

    assertThatThrownBy(() -> StateDictFile.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("has 128 bytes, where 64 elements of float32 were claimed");
  }

  @Test
  void refusesADirectoryThatClaimsTooMuch() throws IOException {
    Path path = new PthFile().add("a", new float[1], 1).write(folder.resolve("liar.pth"));
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    zip.putInt(bytes.length - 10, 0x7fffffff);
    Files.write(path, bytes);

    assertThatThrownBy(() -> StateDictFile.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("claims 3 members in 2147483647 bytes");
  }

  @Test
  void refusesAMemberWhoseNameIsNoText() throws IOException {
    Path path = new PthFile().add("a", new float[1], 1).write(folder.resolve("noise.pth"));
    byte[] bytes = Files.readAllBytes(path);
    int name = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("archive/data/0");
    bytes[name] = (byte) 0xff;
    Files.write(path, bytes);

    assertThatThrownBy(() -> StateDictFile.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("noise.pth is cut off or damaged");
  }

  @Test
  void refusesTwoPicklesAndTooManyMembersAndTooLargeFiles() {
    Path two =
        new PthFile()
            .member("other/data.pkl", new byte[1])
            .add("a", new float[1], 1)
            .write(folder.resolve("two.pth"));
    assertThatThrownBy(() -> StateDictFile.open(two))
        .hasMessageContaining("a zip archive with 2 members named data.pkl");

    PthFile many = new PthFile();
    for (int i = 0; i < 30; i++) {
      many.add("a" + i, new float[1], 1);
    }
    Path crowded = many.write(folder.resolve("many.pth"));
    assertThatThrownBy(() -> StateDictFile.open(crowded, SMALL))
        .hasMessageContaining("claims 32 members")
        .hasMessageContaining("at most 20 members are read");

    Path large =
        new PthFile().add("a", new float[1 << 19], 1 << 19).write(folder.resolve("large.pth"));
    assertThatThrownBy(() -> StateDictFile.open(large, SMALL))
        .hasMessageContaining("weights files of at most 1048576 are read");
  }

  private static long[] sizes(long... values) {
    return values;
  }
}
