package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.pipeline.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionJobMainTest {

  private static void main(String... arguments) throws Exception {
    DetectionJobMain.main(arguments);
  }

  @Test
  void saysHowItIsCalled() {
    assertThatThrownBy(DetectionJobMainTest::main)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The job's arguments: none: one YAML file is needed: flink run vigil-job.jar -c"
                + " job.yaml");
    assertThatThrownBy(() -> main("--topic", "doors"))
        .hasMessageContaining("--topic doors: one YAML file is needed");
  }

  @Test
  void tellsAllThatIsMissingOnAClusterAtOnce(@TempDir Path folder) throws Exception {
    var file = folder.resolve("job.yaml");
    Files.writeString(file, "version: 1\nsource:\n  files: [%s/none.mp4]\n".formatted(folder));
    assertThatThrownBy(() -> main("-c", file.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.mp4: there is no such file or folder")
        .hasMessageContaining(
            "kafka.bootstrap-servers: is missing; on a cluster the job brings no broker of its"
                + " own: name one, such as kafka:9092");
  }
}
