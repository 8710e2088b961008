package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README says of the configuration is what is read. */
class ReadmeTest {

  @Test
  void theExampleHoldsTheDefaults() throws IOException {
    var readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
    var example = readme.substring(start, readme.indexOf("```", start));
    var config = Yaml.read(example, Map.of("VIGIL_JAAS", "secret"));
    var defaults = Yaml.withAdded("");
    assertThat(config.batch()).isEqualTo(defaults.batch());
    assertThat(config.model()).isEqualTo(defaults.model());
    assertThat(config.detection().score()).isEqualTo(defaults.detection().score());
    assertThat(config.detection().iou()).isEqualTo(defaults.detection().iou());
    assertThat(config.detection().max()).isEqualTo(defaults.detection().max());
    assertThat(config.detection().convention()).isEqualTo(defaults.detection().convention());
    assertThat(config.detection().sigma()).isEqualTo(defaults.detection().sigma());
    assertThat(config.detection().classAgnostic()).isEqualTo(defaults.detection().classAgnostic());
    assertThat(config.kafka().topic()).isEqualTo(defaults.kafka().topic());
    assertThat(config.kafka().streamsTopic()).isEqualTo(defaults.kafka().streamsTopic());
    assertThat(config.kafka().failedTopic()).isEqualTo(defaults.kafka().failedTopic());
    assertThat(config.kafka().delivery()).isEqualTo(defaults.kafka().delivery());
    assertThat(config.checkpoints().interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.parallelism()).isEqualTo(defaults.parallelism());
    assertThat(config.kafka().properties().values()).containsEntry("sasl.jaas.config", "secret");
  }
}
