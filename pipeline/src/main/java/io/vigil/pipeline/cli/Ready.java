package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.job.ConfiguredJob;
import io.vigil.pipeline.job.EventOutput;
import io.vigil.pipeline.job.JobSinks;
import io.vigil.pipeline.job.Places;
import io.vigil.pipeline.job.StartChecks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run needs, looked at before anything is started.
 *
 * @param sinks where a Kafka was given
 */
record Ready(Videos videos, ConfiguredJob job, Optional<JobSinks> sinks) {

  /**
   * What is looked at.
   *
   * @param files by stream id
   * @param problems of what was asked for and is not there
   * @param modelRule refuses a model that is not the right one
   */
  record Asked(
      JobConfig config,
      Map<String, Path> files,
      List<String> problems,
      UnaryOperator<ModelFiles.Resolved> modelRule) {

    private Videos videos() {
      var videos = Videos.probe(files);
      return files.isEmpty() && problems.isEmpty() ? videos : videos.orRefuse(problems);
    }

    private ModelFiles.Resolved model() {
      var topK = config.detection().topK();
      return modelRule.apply(ModelFiles.resolve(config.model().file(), Places.models(), topK));
    }

    private ConfiguredJob job(ModelFiles.Resolved model) {
      return ConfiguredJob.of(config, files, model).requireDevice();
    }

    private Optional<KafkaConnection> kafka() {
      var properties = config.kafka().properties().values();
      return config
          .kafka()
          .bootstrapServers()
          .map(servers -> new KafkaConnection(servers, properties));
    }
  }

  /**
   * @param runId prefix of the run's transactions; empty if Kafka is not to be asked
   * @param checks with what was refused already
   * @throws RuntimeException with all that is wrong
   */
  static Ready of(Asked asked, Optional<String> runId, StartChecks checks) {
    var videos = checks.of(asked::videos);
    var job = checks.of(asked::model).flatMap(model -> checks.of(() -> asked.job(model)));
    var sinks =
        runId.flatMap(
            id ->
                asked
                    .kafka()
                    .flatMap(to -> checks.of(() -> EventOutput.sinks(to, asked.config, id))));
    checks.orRefuse();
    return new Ready(videos.orElseThrow(), job.orElseThrow(), sinks);
  }
}
