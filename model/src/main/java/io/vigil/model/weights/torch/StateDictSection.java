package io.vigil.model.weights.torch;

import io.vigil.model.weights.NamePrefixes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a pickled object that holds the network's tensors: the whole of it, or in a training
 * checkpoint one of its entries.
 *
 * @param key of the entry and prefix of averages in it; empty for the whole
 * @param tensors by name, without {@code module.} (DataParallel) and {@code model.} (a wrapper)
 */
record StateDictSection(String key, Map<String, PickledTensor> tensors) {

  /** Averaged weights come first: they are the ones that references evaluate. */
  private static final List<String> KEYS =
      List.of(
          "state_dict_ema",
          "ema_state_dict",
          "model_ema",
          "ema",
          "state_dict",
          "model_state_dict",
          "model");

  static Optional<StateDictSection> find(Object root) {
    if (!(root instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    return KEYS.stream()
        .flatMap(key -> entry(map, key).stream())
        .findFirst()
        .or(() -> tensorsOf("", map));
  }

  private static Optional<StateDictSection> entry(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> nested ? tensorsOf(key, nested) : Optional.empty();
  }

  private static Optional<StateDictSection> tensorsOf(String key, Map<?, ?> map) {
    Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    map.forEach(
        (text, value) -> {
          if (text instanceof String name && value instanceof PickledTensor tensor) {
            tensors.put(name, tensor);
          }
        });
    if (tensors.isEmpty()) {
      return Optional.empty();
    }
    var named = NamePrefixes.stripped(tensors);
    boolean nested = !key.isEmpty() && !named.averages().isEmpty();
    return Optional.of(
        new StateDictSection(key + (nested ? "." : "") + named.averages(), named.tensors()));
  }
}
