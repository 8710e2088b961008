package io.vigil.pipeline.compat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a schema's changes breaks those who rely on the one that was released, in sentences. */
final class SchemaChanges {

  /** Who relies on it. */
  enum Side {
    /** Those who read what Vigil writes. */
    READERS,
    /** Those whose files Vigil reads. */
    WRITERS
  }

  private static final List<String> RULES =
      List.of("if", "then", "else", "not", "propertyNames", "dependentSchemas");
  private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");
  private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");

  private final Side side;
  private final SchemaPages released;
  private final SchemaPages current;
  private final Set<String> seen = new HashSet<>();
  private final List<String> breaks = new ArrayList<>();

  private SchemaChanges(Side side, SchemaPages released, SchemaPages current) {
    this.side = side;
    this.released = released;
    this.current = current;
  }

  static List<String> breaking(Side side, SchemaPages released, SchemaPages current) {
    var changes = new SchemaChanges(side, released, current);
    changes.compare("", released.root(), current.root());
    return changes.breaks;
  }

  private void compare(String path, JsonNode oldReference, JsonNode newReference) {
    var was = released.resolve(oldReference);
    var is = current.resolve(newReference);
    if (!seen.add(path)) {
      return;
    }
    if (side == Side.WRITERS) {
      // It stands beside a reference, and not in what is referred to
      var change = "another default, which changes jobs that leave it out";
      same(path, "default", oldReference, newReference, change);
    }
    if (was.equals(is) && !was.toString().contains("$ref")) {
      return;
    }
    if (was.isBoolean() || is.isBoolean()) {
      if (side == Side.WRITERS && is.isBoolean() && !is.asBoolean() && !was.equals(is)) {
        tell(path, "is taken no more");
      }
      return;
    }
    compareValues(path, was, is);
    compareBounds(path, was, is);
    compareRequired(path, was, is);
    compareInside(path, was, is);
  }

  private void compareValues(String path, JsonNode was, JsonNode is) {
    var typesBefore = texts(was.get("type"));
    var typesNow = texts(is.get("type"));
    if (side == Side.WRITERS && !typesNow.isEmpty()) {
      var gone = typesBefore.isEmpty() ? Set.of("any") : missing(typesBefore, typesNow);
      gone.forEach(type -> tell(path, "may be of type " + type + " no more"));
    } else if (side == Side.READERS && !typesBefore.isEmpty()) {
      var come = typesNow.isEmpty() ? Set.of("any") : missing(typesNow, typesBefore);
      come.forEach(type -> tell(path, "may now be of type " + type));
    }
    var valuesNow = values(is);
    values(was).stream()
        .filter(value -> !valuesNow.contains(value))
        .forEach(value -> tell(path, "had the value " + value + ", which is there no more"));
    if (values(was).isEmpty() && !valuesNow.isEmpty() && side == Side.WRITERS) {
      tell(path, "may now be one of " + valuesNow + " only");
    }
    same(path, "pattern", was, is, "another pattern");
    RULES.forEach(rule -> same(path, rule, was, is, "another rule \"" + rule + "\""));
  }

  private void same(String path, String key, JsonNode was, JsonNode is, String change) {
    boolean falls = side == Side.WRITERS ? is.has(key) : was.has(key);
    boolean differs = !is.path(key).equals(was.path(key));
    if (differs && (falls || key.equals("default"))) {
      tell(path, "has " + change + ": " + was.path(key) + " became " + is.path(key));
    }
  }

  /** Tighter breaks those who write, looser those who read. */
  private void compareBounds(String path, JsonNode was, JsonNode is) {
    LOWER.forEach(bound -> compareBound(path, bound, was, is, 1));
    UPPER.forEach(bound -> compareBound(path, bound, was, is, -1));
  }

  private void compareBound(String path, String bound, JsonNode was, JsonNode is, int sign) {
    double before = sign * was.path(bound).asDouble(-sign * Double.MAX_VALUE);
    double now = sign * is.path(bound).asDouble(-sign * Double.MAX_VALUE);
    if (side == Side.WRITERS ? now > before : now < before) {
      tell(path, "has " + bound + " " + is.path(bound) + " in the place of " + was.path(bound));
    }
  }

  private void compareRequired(String path, JsonNode was, JsonNode is) {
    var before = texts(was.get("required"));
    var now = texts(is.get("required"));
    if (side == Side.WRITERS) {
      missing(now, before).forEach(name -> tell(path + "/" + name, "is now required"));
    } else {
      missing(before, now).stream()
          .filter(name -> is.path("properties").has(name))
          .forEach(name -> tell(path + "/" + name, "was always there and may now be missing"));
    }
  }

  private void compareInside(String path, JsonNode was, JsonNode is) {
    was.path("properties")
        .properties()
        .forEach(
            field -> {
              var there = is.path("properties").get(field.getKey());
              if (there == null) {
                tell(path + "/" + field.getKey(), "was removed (or has another name)");
              } else {
                compare(path + "/" + field.getKey(), field.getValue(), there);
              }
            });
    for (var key : List.of("items", "additionalProperties")) {
      if (was.has(key) && is.has(key)) {
        compare(path + (key.equals("items") ? "[]" : "/*"), was.get(key), is.get(key));
      } else if (is.has(key) && side == Side.WRITERS) {
        tell(path, "now has a rule for " + key);
      } else if (was.has(key) && side == Side.READERS) {
        tell(path, "has no rule for " + key + " any more");
      }
    }
    for (var key : List.of("anyOf", "oneOf", "allOf")) {
      compareAlternatives(path, key, was.path(key), is.path(key));
    }
  }

  private void compareAlternatives(String path, String key, JsonNode was, JsonNode is) {
    boolean fewer = key.equals("allOf") ? is.size() > was.size() : is.size() < was.size();
    boolean more = key.equals("allOf") ? is.size() < was.size() : is.size() > was.size();
    if (side == Side.WRITERS ? fewer : more) {
      tell(path, "has " + is.size() + " \"" + key + "\" in the place of " + was.size());
    }
    for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
      compare(path + "(" + key + " " + (i + 1) + ")", was.get(i), is.get(i));
    }
  }

  private void tell(String path, String change) {
    breaks.add(
        (path.isEmpty() ? "all of it" : path.substring(path.startsWith("/") ? 1 : 0))
            + " "
            + change);
  }

  private static Set<String> missing(Set<String> from, Set<String> in) {
    var missing = new TreeSet<>(from);
    missing.removeAll(in);
    return missing;
  }

  private static Set<String> texts(JsonNode node) {
    var texts = new TreeSet<String>();
    if (node != null && node.isArray()) {
      node.forEach(text -> texts.add(text.asText()));
    } else if (node != null) {
      texts.add(node.asText());
    }
    return texts;
  }

  private static Set<String> values(JsonNode node) {
    var values = new TreeSet<String>();
    node.path("enum").forEach(value -> values.add(value.toString()));
    if (node.has("const")) {
      values.add(node.get("const").toString());
    }
    return values;
  }
}
