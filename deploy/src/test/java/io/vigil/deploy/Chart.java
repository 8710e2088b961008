package io.vigil.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The Helm chart, rendered by Helm. */
final class Chart {

  static final Path FOLDER = Path.of("helm", "vigil");
  private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

  private final String text;

  private Chart(String text) {
    this.text = text;
  }

  static Chart rendered() {
    return new Chart(template().call());
  }

  static Chart rendered(Path values) {
    return new Chart(template().withValuesFile(values).call());
  }

  /** With Strimzi's topics and user. */
  static Chart withTopics() {
    return new Chart(template().set("strimzi.enabled", true).call());
  }

  private static com.marcnuri.helm.TemplateCommand template() {
    return new Helm(FOLDER).template().withName("vigil").withNamespace("vigil");
  }

  String text() {
    return text;
  }

  List<JsonNode> documents() throws IOException {
    return documents(text);
  }

  /** The only one of its kind. */
  JsonNode only(String kind) throws IOException {
    var found = documents().stream().filter(one -> kind.equals(one.path("kind").asText())).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind);
    }
    return found.get(0);
  }

  static List<JsonNode> documents(String text) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    }
  }
}
