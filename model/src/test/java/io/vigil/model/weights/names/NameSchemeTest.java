package io.vigil.model.weights.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.ParameterSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSchemeTest {

  @ParameterizedTest
  @CsvSource({"d0,d0", "d1,d1", "d2,d2", "d3,d3", "d6,d6_512", "d7x,d7x_512"})
  void everyTensorOfBothFamiliesHasItsNameAndShape(String level, String file) throws IOException {
    var config = EfficientDetConfig.named(level);
    var zylo = NameScheme.ZYLO117.table(config);
    var rwightman = NameScheme.RWIGHTMAN.table(config);
    var keyMap = keyMap(file);

    assertThat(shapes(config, zylo)).isEqualTo(shapes(keyMap));
    var expected = new HashMap<String, String>();
    keyMap.forEach((key, entry) -> expected.put(key, entry.get(1).asText(null)));
    expected.values().removeIf(Objects::isNull);
    var unused = new HashSet<>(rwightman.unused().keySet());
    var actual = new HashMap<String, String>();
    zylo.names().forEach((canonical, key) -> actual.put(key, rwightman.of(canonical)));
    expected.forEach((key, name) -> assertThat(actual.getOrDefault(key, name)).isEqualTo(name));
    expected.keySet().removeAll(actual.keySet());
    assertThat(expected.values()).containsExactlyInAnyOrderElementsOf(unused);
  }

  @ParameterizedTest
  @CsvSource({"d0,d0", "d1,d1", "d2,d2", "d3,d3", "d6,d6_512", "d7x,d7x_512"})
  void trainedParametersAreThoseOfTheKeyMap(String level, String file) throws IOException {
    var trained =
        keyMap(file).entrySet().stream()
            .filter(entry -> !entry.getKey().matches(".*\\.(running_|num_batches).*"))
            .filter(entry -> !entry.getValue().get(1).isNull())
            .mapToLong(entry -> elements(shape(entry.getValue())))
            .sum();

    assertThat(ShapeReading.of(EfficientDetConfig.named(level)).trainedParameters())
        .isEqualTo(trained);
  }

  @Test
  void levelFirstModelsSwapLevelAndRepeatInTheHeads() {
    var config = EfficientDetConfig.named("d0");
    var canonical = "class.layer2.norm.p7.mean";

    assertThat(NameScheme.RWIGHTMAN.table(config).of(canonical))
        .isEqualTo("class_net.bn_rep.2.4.bn.running_mean");
    assertThat(NameScheme.RWIGHTMAN_LEVEL_FIRST.table(config).of(canonical))
        .isEqualTo("class_net.bn_rep.4.2.running_mean");
  }

  private static Map<String, JsonNode> keyMap(String file) throws IOException {
    try (var in = NameSchemeTest.class.getResourceAsStream("/golden/key_map_" + file + ".json")) {
      return new ObjectMapper()
          .readTree(in).properties().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  private static Map<String, String> shapes(Map<String, JsonNode> keyMap) {
    return keyMap.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> Arrays.toString(shape(entry.getValue()))));
  }

  private static Map<String, String> shapes(EfficientDetConfig config, NameTable table) {
    var used =
        ShapeReading.of(config).parameters().stream()
            .collect(Collectors.toMap(spec -> table.of(spec.name()), ParameterSpec::shape));
    return Stream.concat(used.entrySet().stream(), table.unused().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Arrays.toString(entry.getValue())));
  }

  private static int[] shape(JsonNode entry) {
    var shape = new int[entry.get(0).size()];
    Arrays.setAll(shape, axis -> entry.get(0).get(axis).asInt());
    return shape;
  }

  private static long elements(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
  }
}
