package io.vigil.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is applied to a cluster is what its operators know, to the last field. */
class ManifestsTest {

  private static final Path GPU = Chart.FOLDER.resolve("values-gpu.yaml");

  private static void requireKnown(List<JsonNode> documents) throws IOException {
    for (var document : documents) {
      if (document.path("kind").asText().equals("FlinkDeployment")) {
        var known = withKnownVersion(document);
        assertThat(Schemas.refusals(known)).isEmpty();
        Schemas.read(known);
      } else {
        Schemas.read(document);
      }
    }
  }

  /** The operator's types that Maven Central has end before the Flink that the job is built for. */
  private static JsonNode withKnownVersion(JsonNode deployment) throws IOException {
    var version = deployment.path("spec").path("flinkVersion").asText();
    assertThat(version).matches("v2_\\d").isNotIn(Schemas.flinkVersions());
    ObjectNode copy = deployment.deepCopy();
    ((ObjectNode) copy.path("spec")).put("flinkVersion", FlinkVersion.current().name());
    return copy;
  }

  @Test
  void helmFindsNothingAmissWithTheChart() {
    var lint = new Helm(Chart.FOLDER).lint().strict().call();
    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
  }

  @Test
  void whatTheChartRendersIsKnownToKubernetesAndTheOperators() throws IOException {
    assertThat(kinds(Chart.rendered()))
        .containsExactlyInAnyOrder(
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ConfigMap",
            "ConfigMap",
            "NetworkPolicy",
            "FlinkDeployment");
    requireKnown(Chart.rendered().documents());
    requireKnown(Chart.rendered(GPU).documents());
    requireKnown(Chart.withTopics().documents());
    assertThat(kinds(Chart.withTopics())).contains("KafkaTopic", "KafkaUser");
  }

  @Test
  void whatIsLeftOutOfTheValuesLeavesWholeDocuments(@TempDir Path folder) throws IOException {
    var values =
        """
        networkPolicy: {egress: []}
        strimzi: {enabled: true}
        job: {cameras-from: null, frames: {topic: camera-frames}, kafka: {topic: null}}
        """;
    var chart = Chart.rendered(Files.writeString(folder.resolve("values.yaml"), values));
    requireKnown(chart.documents());
    assertThat(chart.only("NetworkPolicy").at("/spec/egress")).hasSize(3);
    assertThat(chart.documents())
        .filteredOn(one -> one.path("kind").asText().equals("KafkaTopic"))
        .extracting(one -> one.at("/metadata/name").asText())
        .containsExactlyInAnyOrder(
            "vigil-events", "vigil-events-streams", "vigil-events-failed", "camera-frames-dead");
  }

  private static List<String> kinds(Chart chart) throws IOException {
    return chart.documents().stream().map(one -> one.path("kind").asText()).toList();
  }

  @Test
  void aFieldThatIsMisspeltIsFound() throws IOException {
    var deployment = (ObjectNode) withKnownVersion(Chart.rendered().only("FlinkDeployment"));
    ((ObjectNode) deployment.at("/spec/podTemplate/spec/containers/0/securityContext"))
        .put("readOnlyRootFileSystem", true);
    assertThat(Schemas.refusals(deployment))
        .hasSize(1)
        .first()
        .asString()
        .contains("readOnlyRootFileSystem");
    assertThatThrownBy(() -> Schemas.read(deployment))
        .isInstanceOf(UnrecognizedPropertyException.class);
    var policy = (ObjectNode) Chart.rendered().only("NetworkPolicy");
    ((ObjectNode) policy.path("spec")).put("egres", 1);
    assertThatThrownBy(() -> Schemas.read(policy))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @Test
  void aWrongValueIsToldByHelm() throws IOException {
    var values = Files.createTempFile("values", ".yaml");
    Files.writeString(values, "upgradeMode: stateful\ntaskManager: {memory: much}\n");
    assertThatThrownBy(() -> Chart.rendered(values))
        .hasMessageContaining("upgradeMode")
        .hasMessageContaining("memory");
    Files.delete(values);
  }

  /** {@code mvn test -pl deploy -am -Dvigil.render=true …} writes them. */
  @Test
  void theManifestsForThoseWithoutHelmAreWhatTheChartRenders() throws IOException {
    same("vigil.yaml", Chart.rendered().text());
    same("vigil-gpu.yaml", Chart.rendered(GPU).text());
    same("kafka.yaml", strimzi(Chart.withTopics().text()));
  }

  private static String strimzi(String all) {
    return Stream.of(all.split("(?m)^---\n"))
        .filter(document -> document.contains("strimzi.io/"))
        .map(document -> "---\n" + document)
        .collect(Collectors.joining());
  }

  private static void same(String name, String rendered) throws IOException {
    var file = Path.of("kubernetes", name);
    if (Boolean.getBoolean("vigil.render")) {
      Files.writeString(file, rendered);
    }
    assertThat(file).as("run this test with -Dvigil.render=true").hasContent(rendered);
  }
}
