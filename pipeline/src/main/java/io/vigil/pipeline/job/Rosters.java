package io.vigil.pipeline.job;

import io.vigil.connectors.camera.roster.CameraRoster;
import io.vigil.connectors.camera.roster.FileRoster;
import io.vigil.connectors.camera.roster.FixedRoster;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.CompactedTopicCheck;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.pipeline.config.CameraTexts;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where a job's cameras are named. */
public final class Rosters {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private Rosters() {}

  static CameraRoster of(JobConfig config, ModelMetadata model) {
    if (config.camerasFrom().isEmpty()) {
      return new FixedRoster(config.cameras());
    }
    var from = config.camerasFrom().get();
    var classes = model.labels().stream().map(Label::name).toList();
    var texts = new CameraTexts(from.name(), from.credentials(), classes);
    return from.file().isPresent()
        ? new FileRoster(Path.of(from.file().get()), from.interval(), texts)
        : new TopicRoster(connection(config), from.topic().orElseThrow(), texts);
  }

  /**
   * Looks whether cameras can be heard of, before the job is started.
   *
   * @throws ConfigException if their file is not there
   * @throws io.vigil.connectors.kafka.check.KafkaCheckException if their topic is not there, or
   *     forgets them
   */
  public static JobConfig requireReachable(JobConfig config, String origin) {
    var from = config.camerasFrom();
    if (from.isPresent() && from.get().file().isPresent()) {
      var file = from.get().file().get();
      if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
        var rule = "there is no such file to be read; write one, {} for no camera yet";
        throw new ConfigException(origin, List.of(new Problem("cameras-from.file: " + file, rule)));
      }
    }
    if (from.isPresent()
        && from.get().topic().isPresent()
        && config.kafka().bootstrapServers().isPresent()) {
      CompactedTopicCheck.run(connection(config), from.get().topic().get(), ANSWER);
    }
    return config;
  }

  private static KafkaConnection connection(JobConfig config) {
    return new KafkaConnection(
        config.kafka().bootstrapServers().orElseThrow(), config.kafka().properties().values());
  }
}
