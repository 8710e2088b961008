package io.vigil.pipeline.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of YAML as maps, lists and scalars, that tells keys which are there twice. */
final class YamlTree {

  private YamlTree() {}

  /**
   * @param values the last of each key
   * @param twice keys that are there more than once, in any depth
   */
  record Keys(Map<String, Object> values, List<String> twice) {}

  /**
   * The value at the parser's token; {@link Keys} if it has keys.
   *
   * @throws IOException if it is no YAML
   */
  static Object next(JsonParser parser) throws IOException {
    var twice = new ArrayList<String>();
    var value = value(parser, twice);
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    var values = new LinkedHashMap<String, Object>();
    map.forEach((key, inner) -> values.put((String) key, inner));
    return new Keys(values, twice);
  }

  private static Object value(JsonParser parser, List<String> twice) throws IOException {
    var token = parser.currentToken();
    if (token == null) {
      return null;
    }
    return switch (token) {
      case START_OBJECT -> map(parser, twice);
      case START_ARRAY -> list(parser, twice);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static Map<String, Object> map(JsonParser parser, List<String> twice) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var key = parser.currentName();
      parser.nextToken();
      boolean known = map.containsKey(key);
      map.put(key, value(parser, twice));
      if (known) {
        twice.add(key);
      }
    }
    return map;
  }

  private static List<Object> list(JsonParser parser, List<String> twice) throws IOException {
    var list = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser, twice));
    }
    return list;
  }
}
