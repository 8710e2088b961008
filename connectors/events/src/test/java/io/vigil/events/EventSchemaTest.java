package io.vigil.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written, against the published schema. */
class EventSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  @ParameterizedTest
  @MethodSource("io.vigil.events.EventJsonTest#everyKind")
  void everyKindIsValid(Event event) throws IOException {
    assertThat(SCHEMA.validate(MAPPER.readTree(EventJson.write(event)))).isEmpty();
  }

  /** So the schema leaves no field out: each one that is written is one that it requires. */
  @ParameterizedTest
  @MethodSource("io.vigil.events.EventJsonTest#everyKind")
  void everyFieldIsRequired(Event event) throws IOException {
    var json = MAPPER.readTree(EventJson.write(event));
    for (var object : objects(json)) {
      for (var name : fieldNames(object)) {
        var removed = object.remove(name);
        assertThat(SCHEMA.validate(json)).as(name + " removed").isNotEmpty();
        object.set(name, removed);
      }
    }
  }

  @Test
  void aScoreAboveOneIsInvalid() throws IOException {
    var event = Samples.frame(null, Samples.detection(1.01, 1, 2, 3, 4));
    assertThat(SCHEMA.validate(MAPPER.readTree(EventJson.write(event)))).isNotEmpty();
  }

  /** Every object but those whose names are data. */
  private static List<ObjectNode> objects(JsonNode node) {
    var objects = new ArrayList<ObjectNode>();
    if (node instanceof ObjectNode object) {
      objects.add(object);
      for (var name : fieldNames(object)) {
        if (!List.of("dropped", "failed").contains(name)) {
          objects.addAll(objects(object.get(name)));
        }
      }
    } else if (node.isArray()) {
      node.forEach(element -> objects.addAll(objects(element)));
    }
    return objects;
  }

  private static List<String> fieldNames(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonSchema schema() {
    try (var file = EventJson.class.getResourceAsStream("event-1.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
