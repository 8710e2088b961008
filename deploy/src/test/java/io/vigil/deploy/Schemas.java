package io.vigil.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/**
 * What Kubernetes and the operators take: their own Java types, read so that an unknown field is an
 * error, and for Flink's operator its custom resource's schema too.
 */
final class Schemas {

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/ServiceAccount", ServiceAccount.class,
          "v1/ConfigMap", ConfigMap.class,
          "rbac.authorization.k8s.io/v1/Role", Role.class,
          "rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "flink.apache.org/v1beta1/FlinkDeployment", FlinkDeployment.class,
          "kafka.strimzi.io/v1beta2/KafkaTopic", KafkaTopic.class,
          "kafka.strimzi.io/v1beta2/KafkaUser", KafkaUser.class);

  private static final String FLINK_DEPLOYMENTS =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  /** Fabric8's types keep unknown fields aside, for clients; here they are to be seen. */
  private static final class NothingAside extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated a) {
      return false;
    }
  }

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(new NothingAside())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Schemas() {}

  /** The document as its type. */
  static Object read(JsonNode document) throws IOException {
    var name = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    var type = TYPES.get(name);
    if (type == null) {
      throw new AssertionError("no type is known for " + name);
    }
    return STRICT.treeToValue(document, type);
  }

  /** What the schema of Flink's operator refuses; none if nothing. */
  static List<String> refusals(JsonNode deployment) throws IOException {
    var schema = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema());
    return schema.validate(deployment.path("spec")).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  /** Versions of Flink that the operator on Maven Central takes. */
  static List<String> flinkVersions() throws IOException {
    return schema()
        .path("properties")
        .path("flinkVersion")
        .path("enum")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }

  private static JsonNode schema() throws IOException {
    try (var stream = FlinkDeployment.class.getResourceAsStream(FLINK_DEPLOYMENTS)) {
      var schema =
          new YAMLMapper()
              .readTree(stream)
              .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
      close(schema);
      return schema;
    }
  }

  /** Kubernetes drops fields that a schema does not name; here they are refused. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    if (schema instanceof ObjectNode object
        && object.remove("x-kubernetes-int-or-string") != null) {
      object.remove("type");
    }
    schema.forEach(Schemas::close);
  }
}
