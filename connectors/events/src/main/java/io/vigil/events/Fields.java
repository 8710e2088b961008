package io.vigil.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of a JSON object, which collects what is wrong with them so that all of it is told at
 * once. A field of the wrong type reads as a placeholder; {@link #refuseProblems} must follow.
 */
final class Fields {
  private final JsonNode object;
  private final String path;
  private final List<String> problems;

  Fields(JsonNode object) {
    this(object, "", new ArrayList<>());
  }

  private Fields(JsonNode object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  String text(String name) {
    var value = object.path(name);
    return require(value.isTextual(), name, "text") ? value.textValue() : "";
  }

  long integer(String name) {
    var value = object.path(name);
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    return require(fits, name, "an integer") ? value.longValue() : 0;
  }

  int smallInteger(String name) {
    var value = object.path(name);
    boolean fits = value.isIntegralNumber() && value.canConvertToInt();
    return require(fits, name, "an integer of 32 bits") ? value.intValue() : 0;
  }

  double number(String name) {
    var value = object.path(name);
    return require(value.isNumber(), name, "a number") ? value.doubleValue() : 0;
  }

  double[] numbers(String name, int count) {
    var value = object.path(name);
    var numbers = new double[count];
    if (!require(
        value.isArray() && value.size() == count, name, "an array of " + count + " numbers")) {
      return numbers;
    }
    for (int i = 0; i < count; i++) {
      require(value.get(i).isNumber(), name + "[" + i + "]", "a number");
      numbers[i] = value.get(i).doubleValue();
    }
    return numbers;
  }

  SortedMap<String, Long> counts(String name) {
    var counts = new TreeMap<String, Long>();
    var value = object.path(name);
    if (require(value.isObject(), name, "an object")) {
      for (var count : value.properties()) {
        boolean fits = count.getValue().isIntegralNumber();
        require(fits, name + "." + count.getKey(), "an integer");
        counts.put(count.getKey(), count.getValue().longValue());
      }
    }
    return counts;
  }

  boolean isNull(String name) {
    return object.path(name).isNull();
  }

  Fields object(String name) {
    var value = object.path(name);
    require(value.isObject(), name, "an object");
    return new Fields(value, path + name + ".", problems);
  }

  List<Fields> objects(String name) {
    var value = object.path(name);
    var objects = new ArrayList<Fields>();
    if (require(value.isArray(), name, "an array")) {
      for (int i = 0; i < value.size(); i++) {
        var place = name + "[" + i + "]";
        require(value.get(i).isObject(), place, "an object");
        objects.add(new Fields(value.get(i), path + place + ".", problems));
      }
    }
    return objects;
  }

  boolean require(boolean fine, String name, String expected) {
    if (!fine) {
      boolean missing = object.isObject() && name.matches("\\w+") && !object.has(name);
      problems.add(path + name + " must be " + expected + (missing ? " and is missing" : ""));
    }
    return fine;
  }

  void refuseProblems(String what) {
    if (!problems.isEmpty()) {
      throw new MalformedEventException(what + ": " + String.join("; ", problems));
    }
  }
}
