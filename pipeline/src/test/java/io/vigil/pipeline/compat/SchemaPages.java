package io.vigil.pipeline.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A schema and those that it refers to in the same folder. */
record SchemaPages(Path file, JsonNode root) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static SchemaPages of(Path file) {
    try {
      return new SchemaPages(file, JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another text, as it would be there. */
  SchemaPages edited(String text) throws IOException {
    return new SchemaPages(file, JSON.readTree(text));
  }

  JsonNode resolve(JsonNode node) {
    var reference = node.path("$ref").asText();
    if (reference.isEmpty()) {
      return node;
    }
    int hash = reference.indexOf('#');
    var page = hash < 0 ? reference : reference.substring(0, hash);
    var place = hash < 0 ? "" : reference.substring(hash + 1);
    return page.isEmpty() ? root.at(place) : of(file.resolveSibling(page)).root.at(place);
  }
}
