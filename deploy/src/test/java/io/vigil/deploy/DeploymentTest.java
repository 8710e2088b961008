package io.vigil.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.pipeline.config.JobConfig;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed is understood by Vigil and Flink as it was meant. */
class DeploymentTest {

  private static Chart usual;
  private static Chart gpu;

  @BeforeAll
  static void render() {
    usual = Chart.rendered();
    gpu = Chart.rendered(Chart.FOLDER.resolve("values-gpu.yaml"));
  }

  private static JsonNode spec(Chart chart) throws IOException {
    return chart.only("FlinkDeployment").path("spec");
  }

  private static Configuration flink(Chart chart) throws IOException {
    var settings = new Configuration();
    spec(chart)
        .path("flinkConfiguration")
        .properties()
        .forEach(entry -> settings.setString(entry.getKey(), entry.getValue().asText()));
    return settings;
  }

  private static JsonNode configMap(String name, String file) throws IOException {
    return configMap(usual, name, file);
  }

  private static JsonNode configMap(Chart chart, String name, String file) throws IOException {
    return chart.documents().stream()
        .filter(one -> one.path("kind").asText().equals("ConfigMap"))
        .filter(one -> one.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("data")
        .path(file);
  }

  @Test
  void vigilReadsTheJobWithTheSecretsThatAreMounted(@TempDir Path folder) throws IOException {
    var text = configMap("vigil-job", "job.yaml").asText();
    var login = Files.writeString(folder.resolve("login"), "org.example.Login required;");
    var secret = "/run/secrets/vigil/kafka/sasl.jaas.config";
    assertThat(text).contains("${file:" + secret + "}");
    var file =
        Files.writeString(folder.resolve("job.yaml"), text.replace(secret, login.toString()));
    var job = JobConfig.fromYaml(file, Map.of());
    assertThat(job.kafka().properties().values())
        .containsEntry("sasl.jaas.config", "org.example.Login required;")
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(job.camerasFrom()).isPresent();
    assertThat(mounts(spec(usual))).as("files that the job names").containsAll(folders(text));
    assertThat(configMap("vigil-cameras", "cameras.yaml").asText()).isEqualTo("{}\n");
  }

  private static Set<String> folders(String job) {
    var paths = Pattern.compile("/(?:etc|run|models)[\\w./-]*/").matcher(job);
    return Stream.iterate(paths.find(), found -> found, found -> paths.find())
        .map(found -> paths.group().replaceAll("/$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> mounts(JsonNode spec) {
    var paths = new HashSet<String>();
    spec.at("/podTemplate/spec/containers/0/volumeMounts")
        .forEach(mount -> paths.add(mount.path("mountPath").asText()));
    return paths;
  }

  /** Helm merges maps, so that an example among the defaults would be deployed with everything. */
  @Test
  void camerasAreThoseOfTheValuesAndNoOther(@TempDir Path folder) throws IOException {
    var values = "cameras: {yard: {url: 'rtsp://10.20.0.9/a'}}\n";
    var chart = Chart.rendered(Files.writeString(folder.resolve("values.yaml"), values));
    assertThat(configMap(chart, "vigil-cameras", "cameras.yaml").asText())
        .isEqualTo("yard:\n  url: rtsp://10.20.0.9/a\n");
  }

  /** An identity of the pods, a broker without login, the image's own model; and recordings. */
  @Test
  void whatIsNotNamedIsLeftOutAndWhatIsAddedIsThere(@TempDir Path folder) throws IOException {
    var values =
        """
        image: {pullSecrets: [{name: registry}]}
        storage: {secret: ''}
        models: {claim: ''}
        cameraSecret: ''
        kafka: {userSecret: '', caSecret: ''}
        extraVolumes: [{name: recordings, persistentVolumeClaim: {claimName: recordings}}]
        extraVolumeMounts: [{name: recordings, mountPath: /videos, readOnly: true}]
        """;
    var spec = spec(Chart.rendered(Files.writeString(folder.resolve("values.yaml"), values)));
    assertThat(spec.toString()).doesNotContain("null").doesNotContain("AWS_");
    assertThat(mounts(spec))
        .contains("/videos", "/etc/vigil/job")
        .doesNotContain("/models", "/run/secrets/vigil/kafka", "/run/secrets/vigil/cameras");
    assertThat(spec.at("/podTemplate/spec/volumes").findValuesAsText("name"))
        .contains("recordings")
        .doesNotContain("models", "kafka-login", "camera-logins");
    assertThat(spec.at("/podTemplate/spec/imagePullSecrets/0/name").asText()).isEqualTo("registry");
  }

  /** Helm reads every number as a fraction, and Flink reads no 1e+06. */
  @Test
  void numbersOfFlinksConfigurationStayAsTheyWereWritten(@TempDir Path folder) throws IOException {
    var values = "flinkConfiguration: {a: 1048576, b: 60000000, c: 0.5, d: true, e: '1 m: #'}\n";
    var chart = Chart.rendered(Files.writeString(folder.resolve("values.yaml"), values));
    assertThat(flink(chart).toMap())
        .containsAllEntriesOf(
            Map.of("a", "1048576", "b", "60000000", "c", "0.5", "d", "true", "e", "1 m: #"));
  }

  @Test
  void everyVolumeThatIsMountedIsThereAndNothingElseCanBeWritten() throws IOException {
    var pod = spec(usual).at("/podTemplate/spec");
    var volumes = new HashSet<String>();
    pod.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
    var used = new HashSet<String>();
    for (var containers : List.of("containers", "initContainers")) {
      for (var container : pod.path(containers)) {
        container.path("volumeMounts").forEach(mount -> used.add(mount.path("name").asText()));
        var security = container.path("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
      }
    }
    assertThat(used).isEqualTo(volumes);
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
  }

  @Test
  void flinkKnowsEveryKeyOfItsConfiguration() throws IOException {
    var unknown = new TreeSet<>(flink(gpu).keySet());
    unknown.removeAll(knownToFlink());
    assertThat(unknown)
        .as("keys of plugins, which have no options in Flink's core")
        .containsExactly(
            "external-resource.gpu.amount",
            "external-resource.gpu.driver-factory.class",
            "external-resource.gpu.kubernetes.config-key",
            "metrics.reporter.prom.factory.class",
            "metrics.reporter.prom.filterLabelValueCharacters",
            "metrics.reporter.prom.port",
            "s3.endpoint",
            "s3.path.style.access");
    assertThat(ExternalResourceOptions.getAmountConfigOptionForResource("gpu"))
        .isEqualTo("external-resource.gpu.amount");
  }

  private static Set<String> knownToFlink() {
    var keys = new HashSet<String>();
    Stream.of(
            CheckpointingOptions.class,
            CoreOptions.class,
            ExternalResourceOptions.class,
            HighAvailabilityOptions.class,
            MetricOptions.class,
            RestartStrategyOptions.class,
            TaskManagerOptions.class,
            WebOptions.class)
        .flatMap(type -> Stream.of(type.getFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> ConfigOption.class.equals(field.getType()))
        .forEach(
            field -> {
              try {
                keys.add(((ConfigOption<?>) field.get(null)).key());
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            });
    return keys;
  }

  @Test
  void theMemoryOfATaskManagerAddsUp() throws IOException {
    for (var chart : List.of(usual, gpu)) {
      var settings = flink(chart);
      var memory = spec(chart).at("/taskManager/resource/memory").asText();
      settings.setString(TaskManagerOptions.TOTAL_PROCESS_MEMORY.key(), memory);
      settings.set(TaskManagerOptions.CPU_CORES, 1.0);
      var process = TaskExecutorProcessUtils.processSpecFromConfig(settings);
      assertThat(process.getTaskHeapSize().getMebiBytes()).isGreaterThan(1000);
      assertThat(process.getTaskOffHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(3072);
    }
    assertThat(JobManagerOptions.TOTAL_PROCESS_MEMORY.key())
        .isEqualTo("jobmanager.memory.process.size");
  }

  @Test
  void withGpusATaskManagerHasThemAsFlinksResourceAndAsTheContainersLimit() throws IOException {
    var settings = flink(gpu);
    assertThat(settings.getString("external-resources", "")).isEqualTo("gpu");
    assertThat(settings.getString("external-resource.gpu.kubernetes.config-key", ""))
        .isEqualTo("nvidia.com/gpu");
    assertThat(spec(gpu).at("/taskManager/podTemplate/spec/tolerations/0/key").asText())
        .isEqualTo("nvidia.com/gpu");
    assertThat(flink(usual).keySet()).noneMatch(key -> key.startsWith("external-resource"));
  }
}
