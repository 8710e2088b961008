package io.vigil.model.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenComesBackToTheBit() throws IOException {
    var tensors = new TreeMap<String, Tensor>();
    tensors.put("b", new Tensor(new int[] {2, 3}, new float[] {1, -0.0f, 3, 4, 5, Float.NaN}));
    tensors.put("a", new Tensor(new int[] {}, new float[] {Float.MIN_VALUE}));
    tensors.put("empty", new Tensor(new int[] {0, 4}, new float[0]));
    Path path = folder.resolve("w.safetensors");
    try (var out = Files.newOutputStream(path)) {
      SafetensorsWriter.write(out, tensors, new TreeMap<>(Map.of("format", "pt")));
    }

    try (TensorFile file = WeightsFile.open(path)) {
      assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
      assertThat(file.shapes().keySet()).containsExactly("a", "b", "empty");
      assertThat(file.shapes().get("b")).containsExactly(2, 3);
      var read = file.read(tensors.keySet());
      tensors.forEach(
          (name, tensor) -> {
            assertThat(read.get(name).shape()).containsExactly(tensor.shape());
            assertThat(read.get(name).values()).containsExactly(tensor.values());
          });
    }
    assertThat(Files.size(path) % 8).isEqualTo(4);
  }

  @Test
  void halvesAreTheNearestOnes() throws IOException {
    var tensors = new TreeMap<>(Map.of("a", new Tensor(new int[] {3}, new float[] {1, 0.1f, -7})));
    Path path = folder.resolve("w.safetensors");
    try (var out = Files.newOutputStream(path)) {
      SafetensorsWriter.write(out, ElementType.HALF, tensors, new TreeMap<>());
    }

    try (TensorFile file = WeightsFile.open(path)) {
      assertThat(file.type("a")).isEqualTo(ElementType.HALF);
      assertThat(file.read(List.of("a")).get("a").values()).containsExactly(1, 0.099975586f, -7);
    }
  }

  /** As the format's own description has it, byte by byte. */
  @Test
  void readsHalvesBrainFloatsAndDoubles() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0x8001);
    data.putShort((short) 0xc049).putShort((short) 0).putDouble(0.1).putInt(7);
    Path path =
        file(
            "{\"module.h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"module.b\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[4,8]},"
                + "\"module.d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]},"
                + "\"module.i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[16,20]}}  ",
            data.array());

    try (TensorFile file = WeightsFile.open(path)) {
      var read = file.read(List.of("h", "b", "d", "i"));
      assertThat(read.get("h").values()).containsExactly(1, -0x1p-24f);
      assertThat(read.get("b").values()).containsExactly(-3.140625f, 0);
      assertThat(read.get("d").values()).containsExactly(0.1f);
      assertThat(read.get("i").values()).containsExactly(7);
      assertThat(file.type("b")).isEqualTo(ElementType.BFLOAT16);
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F32 | [3] | [0,8] | shape [3] of F32 has 12 bytes, but data_offsets hold 8",
        "F32 | [2] | [8,16] | do not lie in the file's 8 bytes of data",
        "F32 | [2] | [8,0] | do not lie in the file's 8 bytes of data",
        "F32 | [2] | [-1,7] | data_offsets has -1, which is no size",
        "F32 | [2] | [0.5,8] | data_offsets has 0.5, which is no size",
        "F32 | [2] | [0,1e400] | data_offsets has",
        "F32 | [2] | [0,99999999999999999999] | which is no size",
        "F32 | [-2] | [0,8] | shape has -2, which is no size",
        "F32 | 2 | [0,8] | shape is no array of at most 8 numbers",
        "F32 | [1,1,1,1,1,1,1,1,2] | [0,8] | shape is no array of at most 8 numbers",
        "F32 | [4294967296,4294967296] | [0,0] | shape has 4294967296 places in one dimension",
        "F32 | [2147483647,2147483647,2147483647] | [0,8] | shape is beyond 64 bits",
        "F8_E4M3 | [8] | [0,8] | dtype 'F8_E4M3' is not read",
        "F32 | [1] | [0,4] | the tensors have 4 bytes, the file has 8",
        "F32 | [1] | [4,8] | begins at byte 4 of the data, but the tensor before it ends at 0",
      })
  void refusesWhatCannotBe(String type, String shape, String offsets, String expected)
      throws IOException {
    String header =
        "{\"conv.weight\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(type, shape, offsets);

    assertRefused(file(header, new byte[8]), "is cut off, damaged or hostile: 1 of", expected);
  }

  @Test
  void refusesTensorsInOneAnother() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";

    assertRefused(
        file(header, new byte[8]),
        "b: begins at byte 4 of the data, but the tensor before it ends at 8");
  }

  @Test
  void refusesAHeaderThatIsNone() throws IOException {
    assertRefused(file("{\"a\":1,\"a\":2}", new byte[0]), "header is no JSON", "uplicate");
    assertRefused(file("{}{}", new byte[0]), "its header is no JSON");
    assertRefused(file("{\"a\":", new byte[0]), "its header is no JSON");
    assertRefused(file("{\"a\":".repeat(5000), new byte[0]), "its header is no JSON");
    assertRefused(file("[1, 2, 3]", new byte[0]), "its header is no JSON object");
    assertRefused(length(Long.MAX_VALUE), "its header claims 9223372036854775807 bytes");
    assertRefused(length(-1), "its header claims 18446744073709551615 bytes");
    assertRefused(length(1000), "its header of 1000 bytes does not end");
    assertRefused(Files.write(folder.resolve("w.safetensors"), new byte[3]), "it ends after 3");
  }

  @Test
  void tellsACutOffFile() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}";

    assertRefused(
        file(header, new byte[15]),
        "a: data_offsets [0,16] do not lie in the file's 15 bytes of data");
  }

  private Path length(long value) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(
        folder.resolve("w.safetensors"),
        bytes.putLong(value).put("{}".getBytes(StandardCharsets.UTF_8)).array());
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("w.safetensors"), bytes.array());
  }

  private static void assertRefused(Path path, String... parts) {
    assertThatThrownBy(() -> WeightsFile.open(path).close())
        .isInstanceOf(WeightsException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(path.toString());
  }
}
