package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.testing.LogLines;
import io.vigil.pipeline.testing.SharedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DetectionJobMainTest {

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static final String JOB =
      "version: 1\nsource: {files: [x.mp4]}\nkafka: {bootstrap-servers: 'localhost:1'}\n";

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
  void unalignedCheckpointsAreRefusedBeforeAnythingIsAsked(@TempDir Path folder) throws Exception {
    var inFile = folder.resolve("unaligned.yaml");
    Files.writeString(inFile, JOB + "checkpoints: {mode: unaligned}\n");
    assertThatThrownBy(() -> main("-c", inFile.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            inFile
                + ": checkpoints.mode: unaligned: unaligned checkpoints would store every frame in"
                + " flight, over half a megabyte each; use aligned, which finishes those frames"
                + " first and stays in kilobytes");
    var file = Files.writeString(folder.resolve("job.yaml"), JOB);
    var cluster = new Configuration().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(cluster);
    assertThatThrownBy(
            () -> DetectionJobMain.run(new String[] {"-c", file.toString()}, environment))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Flink's configuration: execution.checkpointing.unaligned.enabled true: unaligned"
                + " checkpoints store what is in flight, and a frame is half a megabyte; set it to"
                + " false: aligned checkpoints finish the frames in flight first and stay in"
                + " kilobytes");
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

  /** Nothing can be made in sysfs, whoever asks. */
  private static final String READ_ONLY = "file:/sys/vigil/checkpoints";

  @Test
  void tellsAllThatIsWrongWithTheClusterTheFilesAndKafkaAtOnce(@TempDir Path folder)
      throws Exception {
    var file = folder.resolve("job.yaml");
    Files.writeString(
        file,
        "version: 1\nsource: {files: [%s/none.mp4]}\n".formatted(folder)
            + "model: {file: none.onnx}\n"
            + "kafka: {bootstrap-servers: 'localhost:1'}\n"
            + "checkpoints: {directory: '%s'}\n".formatted(READ_ONLY));
    assertThatThrownBy(() -> main("-c", file.toString()))
        .hasMessageStartingWith("The job was not started.\n")
        .hasMessageContaining(
            "The configuration: checkpoints.directory: " + READ_ONLY + ": cannot be written (")
        .hasMessageContaining("give a folder, or the rights to this one, that the job manager")
        .hasMessageContaining("none.mp4: there is no such file or folder")
        .hasMessageContaining("none.onnx")
        .hasMessageContaining("Kafka: bootstrap.servers = localhost:1: no broker answers there");
  }

  /** Who runs cameras with the model that comes along reads it in the job manager's log. */
  @Test
  void warnsOnceOfAModelThatLearnedFromDrawings(@TempDir Path folder) throws Exception {
    var file = folder.resolve("job.yaml");
    try (var log = LogLines.open()) {
      Files.writeString(
          file,
          "version: 1\ncameras: {gate: {url: 'rtsp://127.0.0.1:1/gate'}}\n"
              + "kafka: {bootstrap-servers: '%s'}\n".formatted(BROKER.servers()));
      DetectionJobMain.prepare(
          new String[] {"-c", file.toString()},
          StreamExecutionEnvironment.getExecutionEnvironment());
      assertThat(log.lines())
          .filteredOn(line -> line.level() == Level.WARN)
          .extracting(LogLines.Line::text)
          .filteredOn(text -> text.contains("learned from drawn streets and from nothing else"))
          .hasSize(1);
    }
  }

  @Test
  void aFileSystemWithoutItsPluginIsTold(@TempDir Path folder) throws Exception {
    assertThatThrownBy(
            () ->
                CheckpointFolder.requireWritable(
                    "s3://bucket/vigil", "checkpoints.directory", "job.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "job.yaml: checkpoints.directory: s3://bucket/vigil: no file system of Flink's serves"
                + " this scheme here; put its plugin, such as flink-s3-fs-presto, into Flink's"
                + " plugins folder");
    CheckpointFolder.requireWritable(folder.resolve("new").toUri().toString(), "x", "y");
    try (var left = Files.list(folder.resolve("new"))) {
      assertThat(left).isEmpty();
    }
  }
}
