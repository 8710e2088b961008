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
 * @param key of the entry; empty for the whole
 * @param tensors by name, without {@code module.} (DataParallel) and {@code model.} (a wrapper)
 */
record StateDictSection(String key, Map<String, PickledTensor> tensors) {

  /** Averaged weights come first: they are the ones that references evaluate. */
  private static final List<String> KEYS =
      List.of("state_dict_ema", "model_ema", "state_dict", "model");

  static Optional<StateDictSection> find(Object root) {
    if (!(root instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    return tensorsOf(map)
        .map(tensors -> new StateDictSection("", tensors))
        .or(() -> KEYS.stream().flatMap(key -> entry(map, key).stream()).findFirst());
  }

  private static Optional<StateDictSection> entry(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> nested
        ? tensorsOf(nested).map(tensors -> new StateDictSection(key, tensors))
        : Optional.empty();
  }

  private static Optional<Map<String, PickledTensor>> tensorsOf(Map<?, ?> map) {
    Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (key instanceof String name && value instanceof PickledTensor tensor) {
            tensors.put(name, tensor);
          }
        });
    return tensors.isEmpty() ? Optional.empty() : Optional.of(NamePrefixes.stripped(tensors));
  }
}
