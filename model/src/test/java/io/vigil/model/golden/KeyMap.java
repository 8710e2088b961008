package io.vigil.model.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every tensor of a network: its shape, and its names in both families.
 *
 * @param entries by zylo117's key, [shape, rwightman's key or null]
 */
public record KeyMap(Map<String, JsonNode> entries) {

  private static final Pattern LEVEL = Pattern.compile("d(7x|[0-7])");

  static boolean isOne(JsonNode json) {
    return json.has("backbone_net.model._conv_stem.conv.weight");
  }

  public static KeyMap of(JsonNode json) {
    return new KeyMap(
        json.properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The names, the shapes and the number of trained parameters are our own. */
  public void assertMatches(String fileName) {
    var matcher = LEVEL.matcher(fileName);
    assertThat(matcher.find()).as(fileName + " names a level").isTrue();
    var config = EfficientDetConfig.named(matcher.group());
    assertShapes(config);
    assertNames(config);
    assertThat(ShapeReading.of(config).trainedParameters()).isEqualTo(trained());
  }

  private void assertShapes(EfficientDetConfig config) {
    var expected =
        entries.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> Arrays.toString(shape(entry.getValue()))));
    assertThat(shapes(config, NameScheme.ZYLO117.table(config))).isEqualTo(expected);
  }

  private void assertNames(EfficientDetConfig config) {
    var zylo = NameScheme.ZYLO117.table(config);
    var rwightman = NameScheme.RWIGHTMAN.table(config);
    var actual = new HashMap<String, String>();
    zylo.names().forEach((canonical, key) -> actual.put(key, rwightman.of(canonical)));
    var expected = new HashMap<String, String>();
    entries.forEach((key, entry) -> expected.put(key, entry.get(1).asText(null)));
    expected.values().removeIf(Objects::isNull);
    var unused = new HashSet<>(expected.keySet());
    unused.removeAll(actual.keySet());
    assertThat(unused.stream().map(expected::get))
        .containsExactlyInAnyOrderElementsOf(rwightman.unused().keySet());
    expected.keySet().removeAll(unused);
    assertThat(actual).isEqualTo(expected);
  }

  private static Map<String, String> shapes(EfficientDetConfig config, NameTable table) {
    var used =
        ShapeReading.of(config).parameters().stream()
            .collect(Collectors.toMap(spec -> table.of(spec.name()), ParameterSpec::shape));
    return Stream.concat(used.entrySet().stream(), table.unused().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Arrays.toString(entry.getValue())));
  }

  private long trained() {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getKey().matches(".*\\.(running_|num_batches).*"))
        .filter(entry -> !entry.getValue().get(1).isNull())
        .mapToLong(
            entry ->
                Arrays.stream(shape(entry.getValue())).asLongStream().reduce(1, (a, b) -> a * b))
        .sum();
  }

  private static int[] shape(JsonNode entry) {
    var shape = new int[entry.get(0).size()];
    Arrays.setAll(shape, axis -> entry.get(0).get(axis).asInt());
    return shape;
  }
}
