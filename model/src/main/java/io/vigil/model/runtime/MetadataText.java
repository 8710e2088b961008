package io.vigil.model.runtime;

import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.runtime.ModelMetadata.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A model's metadata as texts by key, as they stand in an ONNX file's metadata_props. Numbers are
 * written so that the same bits come back.
 */
final class MetadataText {
  /** Raised when a key is added that a reader must know, or one changes its meaning. */
  static final int VERSION = 1;

  static final String PREFIX = "vigil.";
  static final String VERSION_KEY = PREFIX + "version";

  /** Written where it is another than nearly all models have. */
  private static final String PADDING = "padding";

  private static final String USUAL_PADDING = Padding.SAME.key();

  private MetadataText() {}

  /** Sorted by key, so that the same metadata give the same bytes. */
  static Map<String, String> write(ModelMetadata model) {
    Map<String, String> texts = new TreeMap<>();
    texts.put(VERSION_KEY, Integer.toString(VERSION));
    put(texts, "name", model.name());
    put(texts, "level", model.level());
    put(texts, "resolution", model.resolution());
    put(texts, "size_multiple", model.sizeMultiple());
    put(texts, "min_level", model.minLevel());
    put(texts, "max_level", model.maxLevel());
    put(texts, "anchor_scale", model.anchorScale());
    put(texts, "aspect_ratios", joined(model.aspectRatios(), ";", MetadataText::numbers));
    put(texts, "labels", joined(model.labels(), "\n", label -> label.id() + "\t" + label.name()));
    put(texts, "mean", numbers(model.mean()));
    put(texts, "std", numbers(model.std()));
    if (!model.padding().equals(USUAL_PADDING)) {
      put(texts, PADDING, model.padding());
    }
    put(texts, "pool_padding", model.poolPadding());
    put(texts, "top_k", model.topK());
    put(texts, "weights_digest", model.weightsDigest());
    put(texts, "trained", model.trained());
    put(texts, "domain", model.domain());
    put(texts, "licence", model.licence());
    return texts;
  }

  private static void put(Map<String, String> texts, String key, Object value) {
    texts.put(PREFIX + key, value.toString());
  }

  private static <T> String joined(List<T> values, String separator, Function<T, String> text) {
    return values.stream().map(text).collect(Collectors.joining(separator));
  }

  private static String numbers(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
  }

  /**
   * @param digest of the file that they were read from
   * @throws IllegalArgumentException naming every key that is missing or has an impossible value
   */
  static ModelMetadata read(Map<String, String> texts, String digest) {
    var reader = new Reader(texts);
    var model =
        new ModelMetadata(
            reader.text("name"),
            reader.text("level"),
            reader.integer("resolution"),
            reader.integer("size_multiple"),
            reader.integer("min_level"),
            reader.integer("max_level"),
            reader.value("anchor_scale", Double::parseDouble).orElse(0.0),
            reader.value("aspect_ratios", MetadataText::pairs).orElse(List.of()),
            reader.value("labels", MetadataText::labels).orElse(List.of()),
            reader.value("mean", text -> numbers(text, 3)).orElse(new double[3]),
            reader.value("std", text -> numbers(text, 3)).orElse(new double[3]),
            reader.optional(PADDING, text -> Padding.of(text).key()).orElse(USUAL_PADDING),
            reader.value("pool_padding", MetadataText::padding).orElse(""),
            reader.integer("top_k"),
            reader.text("weights_digest"),
            reader.value("trained", MetadataText::truth).orElse(false),
            reader.text("domain"),
            reader.text("licence"),
            digest);
    reader.finish();
    return model;
  }

  private static List<double[]> pairs(String text) {
    return Arrays.stream(text.split(";")).map(pair -> numbers(pair, 2)).toList();
  }

  private static double[] numbers(String text, int count) {
    double[] values = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    if (values.length != count) {
      throw new IllegalArgumentException(count + " numbers were expected");
    }
    return values;
  }

  private static List<Label> labels(String text) {
    return LabelMap.parse("labels", text.lines().toList());
  }

  private static String padding(String text) {
    return PoolPadding.of(text).key();
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false was expected");
    };
  }

  /** Collects what is wrong, so that it is told at once. */
  private static final class Reader {
    private final Map<String, String> texts;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> texts) {
      this.texts = texts;
    }

    String text(String key) {
      return value(key, Function.identity()).orElse("");
    }

    int integer(String key) {
      return value(key, MetadataText::positive).orElse(0);
    }

    <T> Optional<T> optional(String key, Function<String, T> parse) {
      return texts.containsKey(PREFIX + key) ? value(key, parse) : Optional.empty();
    }

    <T> Optional<T> value(String key, Function<String, T> parse) {
      String text = texts.get(PREFIX + key);
      if (text == null) {
        problems.add(PREFIX + key + " is missing");
        return Optional.empty();
      }
      try {
        return Optional.of(parse.apply(text));
      } catch (IllegalArgumentException | DetectorException bad) {
        problems.add("%s%s is '%s': %s".formatted(PREFIX, key, text, bad.getMessage()));
        return Optional.empty();
      }
    }

    void finish() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", problems));
      }
    }
  }

  private static int positive(String text) {
    int value = Integer.parseInt(text);
    if (value <= 0) {
      throw new IllegalArgumentException("a number above 0 was expected");
    }
    return value;
  }
}
