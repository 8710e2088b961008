package io.vigil.pipeline.config;

import io.vigil.model.config.Suggestion;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One level of a configuration. Each key is read once; what is wrong is noted and the key's default
 * is gone on with, so that all problems are told together.
 */
final class Section {
  private static final Set<String> MAY_HOLD_PASSWORDS = Set.of("url", "credentials");

  private final String path;
  private final Map<String, Object> values;
  private final Reading reading;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, Map<String, Object> values, Reading reading) {
    this.path = path;
    this.values = values;
    this.reading = reading;
  }

  Section section(String key, String meaning) {
    return new Section(pathOf(key), tree(key, meaning), reading);
  }

  /** Sections below free names, in their order. */
  Map<String, Section> sections(String key, String meaning) {
    var sections = new LinkedHashMap<String, Section>();
    var inner = section(key, meaning);
    inner.values.keySet().forEach(name -> sections.put(name, inner.section(name, meaning)));
    return sections;
  }

  Optional<String> text(String key, String meaning) {
    return scalar(key, "one value", meaning);
  }

  String text(String key, String otherwise, String meaning) {
    return text(key, meaning).orElse(otherwise);
  }

  int integer(String key, int otherwise, int least, int most, String meaning) {
    var rule = "a whole number from " + least + " to " + most;
    return parsed(key, rule, meaning, Section::toInteger)
        .filter(value -> checked(key, value >= least && value <= most, rule, meaning))
        .orElse(otherwise);
  }

  /** 0 if nothing is said. */
  long bytes(String key, String meaning) {
    return parsed(key, "a size such as 500m or 4g", meaning, Sizes::parse).orElse(0L);
  }

  Optional<Double> number(String key, double least, double most, String meaning) {
    var rule = "a number from " + plain(least) + " to " + plain(most);
    return parsed(key, rule, meaning, Section::toNumber)
        .filter(value -> checked(key, value >= least && value <= most, rule, meaning));
  }

  boolean flag(String key, boolean otherwise, String meaning) {
    return parsed(key, "true or false", meaning, Section::toFlag).orElse(otherwise);
  }

  <E extends Enum<E>> E choice(String key, E otherwise, String meaning) {
    var choices = Arrays.asList(otherwise.getDeclaringClass().getEnumConstants());
    var names = choices.stream().map(Section::nameOf).toList();
    var chosen = scalar(key, "one of " + String.join(", ", names), meaning);
    if (chosen.isEmpty()) {
      return otherwise;
    }
    int index = names.indexOf(chosen.get().toLowerCase(Locale.ROOT));
    if (index < 0) {
      var rule = "must be one of " + String.join(", ", names) + " (" + meaning + ").";
      refuse(key, rule + didYouMean(chosen.get(), names));
      return otherwise;
    }
    return choices.get(index);
  }

  Duration duration(String key, Duration otherwise, Duration least, String meaning) {
    var rule = "a time with its unit, such as 20ms, 10s or 1m30s";
    return parsed(key, rule, meaning, Durations::parse)
        .filter(
            value ->
                checked(
                    key,
                    value.compareTo(least) >= 0,
                    "at least " + least.toMillis() + "ms",
                    meaning))
        .orElse(otherwise);
  }

  Optional<Duration> position(String key, String meaning) {
    return parsed(key, "a time such as 90, 90s, 1m30s or 1:30", meaning, Durations::parsePosition);
  }

  /** A list, or one text with commas. */
  List<String> texts(String key, String meaning) {
    known.add(key);
    var value = values.get(key);
    if (value instanceof List<?> list) {
      return list.stream().map(item -> resolved(key, String.valueOf(item))).toList();
    }
    return scalar(key, "a list", meaning).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** A map of free keys, such as properties of a client. */
  Map<String, String> properties(String key, String meaning) {
    var properties = new LinkedHashMap<String, String>();
    tree(key, meaning)
        .forEach(
            (name, value) -> {
              if (value instanceof Map || value instanceof List) {
                refuseUnseen(key, name + " must be one value; write dotted names in one piece");
              }
              properties.put(name, resolved(key, String.valueOf(value)));
            });
    return properties;
  }

  /** Numbers by free names: keys of their own, or one text such as {@code car=0.5,bus=0.2}. */
  Map<String, Double> numbers(String key, double least, double most, String meaning) {
    var rule = "a number from " + plain(least) + " to " + plain(most);
    var numbers = new LinkedHashMap<String, Double>();
    pairs(key, meaning)
        .forEach(
            (name, text) ->
                toNumber(text)
                    .filter(value -> value >= least && value <= most)
                    .ifPresentOrElse(
                        value -> numbers.put(name, value),
                        () -> refuse(key, name + " must be " + rule + " (" + meaning + ")")));
    return numbers;
  }

  private Map<String, String> pairs(String key, String meaning) {
    known.add(key);
    if (values.get(key) instanceof Map) {
      return properties(key, meaning);
    }
    var pairs = new LinkedHashMap<String, String>();
    for (var text : texts(key, meaning)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        refuse(key, text + " must be a name with its number, such as car=0.5 (" + meaning + ")");
      } else if (pairs.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip())
          != null) {
        refuse(key, text.substring(0, equals) + " is there twice (" + meaning + ")");
      }
    }
    return pairs;
  }

  /** As the file has it; null if it is not there. */
  Object value(String key) {
    known.add(key);
    return values.get(key);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  /** Refuses the key's value. */
  void refuse(String key, String rule) {
    reading.refuse(pathOf(key), MAY_HOLD_PASSWORDS.contains(key) ? null : values.get(key), rule);
  }

  /** Refuses something about all of it. */
  void refuse(String rule) {
    reading.refuse(path, null, rule);
  }

  /** Refuses something about the key whose value must not be shown, or that has none. */
  void refuseUnseen(String key, String rule) {
    reading.refuse(pathOf(key), null, rule);
  }

  /** Refuses every key that was not asked for. */
  void refuseUnknown() {
    for (var key : values.keySet()) {
      if (!known.contains(key)) {
        reading.refuse(
            pathOf(key),
            null,
            "no such key."
                + didYouMean(key, known)
                + " Here are: "
                + String.join(", ", known)
                + ".");
      }
    }
  }

  private Map<String, Object> tree(String key, String meaning) {
    known.add(key);
    var value = values.get(key);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      refuseUnseen(key, "must hold keys of its own (" + meaning + ")");
      return Map.of();
    }
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                entry -> entry.getValue() == null ? "" : entry.getValue(),
                (a, b) -> b,
                LinkedHashMap::new));
  }

  private <T> Optional<T> parsed(
      String key, String rule, String meaning, Function<String, Optional<T>> parse) {
    return scalar(key, rule, meaning)
        .flatMap(
            text -> {
              var value = parse.apply(text);
              checked(key, value.isPresent(), rule, meaning);
              return value;
            });
  }

  private Optional<String> scalar(String key, String rule, String meaning) {
    known.add(key);
    var value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    boolean scalar = !(value instanceof Map || value instanceof List);
    return Optional.of(value)
        .filter(any -> checked(key, scalar, rule, meaning))
        .map(any -> resolved(key, String.valueOf(any).strip()))
        .filter(text -> checked(key, !text.isEmpty(), rule, meaning));
  }

  private boolean checked(String key, boolean holds, String rule, String meaning) {
    if (!holds) {
      refuse(key, "must be " + rule + " (" + meaning + ")");
    }
    return holds;
  }

  String resolved(String key, String text) {
    try {
      return reading.references().resolve(text);
    } catch (References.UnresolvedException e) {
      refuseUnseen(key, e.getMessage());
      return text;
    }
  }

  private static String didYouMean(String word, Collection<String> known) {
    return Suggestion.nearest(word, known).map(near -> " Did you mean " + near + "?").orElse("");
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static Optional<Integer> toInteger(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> toNumber(String text) {
    try {
      return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> toFlag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
