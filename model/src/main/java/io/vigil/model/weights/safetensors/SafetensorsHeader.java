package io.vigil.model.weights.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.torch.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors header says, each entry judged by itself and all of them together.
 *
 * @param metadata of the file
 * @param entries by name
 * @param problems what is impossible, a line a tensor
 */
record SafetensorsHeader(
    Map<String, String> metadata, Map<String, Entry> entries, List<String> problems) {

  private static final String METADATA = "__metadata__";
  private static final int MOST_DIMENSIONS = 8;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * A tensor that is where the header says it is.
   *
   * @param begin of its bytes, from the first byte after the header
   * @param end behind its bytes
   */
  record Entry(ElementType type, int[] shape, long begin, long end) {}

  /** The header is no JSON object. */
  static final class NoHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    NoHeaderException(String what, Throwable cause) {
      super(what, cause);
    }
  }

  /**
   * @param dataBytes bytes of the file behind the header
   */
  static SafetensorsHeader parse(byte[] text, long dataBytes) throws NoHeaderException {
    JsonNode root = tree(text);
    var header =
        new SafetensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    root.properties().forEach(field -> header.add(field.getKey(), field.getValue(), dataBytes));
    header.checkPlaces(dataBytes);
    return header;
  }

  private static JsonNode tree(byte[] text) throws NoHeaderException {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonNode root = JSON.readTree(parser);
      if (root == null || !root.isObject()) {
        throw new NoHeaderException("its header is no JSON object", null);
      }
      return root;
    } catch (JsonProcessingException broken) {
      throw new NoHeaderException(
          "its header is no JSON: " + Printable.text(broken.getOriginalMessage()), broken);
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes in memory can be read", impossible);
    }
  }

  private void add(String name, JsonNode value, long dataBytes) {
    if (name.equals(METADATA)) {
      value.properties().forEach(field -> metadata.put(field.getKey(), field.getValue().asText()));
      return;
    }
    try {
      entries.put(name, entry(value, dataBytes));
    } catch (IllegalArgumentException impossible) {
      problems.add(Printable.text(name) + ": " + impossible.getMessage());
    }
  }

  private static Entry entry(JsonNode value, long dataBytes) {
    String typeName = value.path("dtype").asText();
    ElementType type =
        ElementType.ofSafetensors(typeName)
            .orElseThrow(() -> impossible("dtype '%s' is not read", Printable.text(typeName)));
    long[] sizes = numbers(value.path("shape"), "shape");
    long[] offsets = numbers(value.path("data_offsets"), "data_offsets");
    if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
      throw impossible(
          "data_offsets %s do not lie in the file's %d bytes of data",
          value.path("data_offsets"), dataBytes);
    }
    int[] shape = shape(sizes);
    long bytes = bytes(sizes, type);
    if (bytes != offsets[1] - offsets[0]) {
      throw impossible(
          "shape %s of %s has %d bytes, but data_offsets hold %d",
          value.path("shape"), typeName, bytes, offsets[1] - offsets[0]);
    }
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(JsonNode array, String name) {
    if (!array.isArray() || array.size() > MOST_DIMENSIONS) {
      throw impossible("%s is no array of at most %d numbers", name, MOST_DIMENSIONS);
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
        throw impossible("%s has %s, which is no size", name, Printable.text(number.toString()));
      }
      numbers[i] = number.asLong();
    }
    return numbers;
  }

  private static int[] shape(long[] sizes) {
    int[] shape = new int[sizes.length];
    for (int i = 0; i < shape.length; i++) {
      if (sizes[i] > Integer.MAX_VALUE) {
        throw impossible("shape has %d places in one dimension", sizes[i]);
      }
      shape[i] = (int) sizes[i];
    }
    return shape;
  }

  private static long bytes(long[] sizes, ElementType type) {
    try {
      long bytes = type.bytes();
      for (long size : sizes) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException overflow) {
      throw impossible("shape is beyond 64 bits");
    }
  }

  /** Tensors lie side by side from the first byte to the last: none in another, none hidden. */
  private void checkPlaces(long dataBytes) {
    if (!problems.isEmpty()) {
      return;
    }
    long at = 0;
    var inOrder =
        entries.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, Entry>>comparingLong(entry -> entry.getValue().begin)
                    .thenComparingLong(entry -> entry.getValue().end))
            .toList();
    for (var entry : inOrder) {
      long begin = entry.getValue().begin;
      if (begin != at) {
        problems.add(
            "%s: begins at byte %d of the data, but the tensor before it ends at %d"
                .formatted(Printable.text(entry.getKey()), begin, at));
      }
      at = entry.getValue().end;
    }
    if (at != dataBytes && problems.isEmpty()) {
      problems.add("the tensors have %d bytes, the file has %d".formatted(at, dataBytes));
    }
  }

  private static IllegalArgumentException impossible(String what, Object... arguments) {
    return new IllegalArgumentException(what.formatted(arguments));
  }
}
