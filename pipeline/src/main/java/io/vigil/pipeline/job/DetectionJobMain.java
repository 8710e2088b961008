package io.vigil.pipeline.job;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.Problem;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job for a cluster:
 *
 * <pre>{@code
 * flink run vigil-job.jar -c job.yaml
 * }</pre>
 *
 * <p>The videos and the model have to be at the same paths on every task manager.
 */
public final class DetectionJobMain {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionJobMain.class);

  private static final String USAGE = "flink run vigil-job.jar -c job.yaml";

  /** Annotated videos of local runs are no input. */
  private static final Path RESULTS = Path.of("vigil-out");

  private static final String ORIGIN = "The configuration";

  private static final String NO_BROKER =
      "on a cluster the job brings no broker of its own: name one, such as kafka:9092";

  private DetectionJobMain() {}

  /**
   * @throws ConfigException if the arguments, the file or the cluster's settings are not right;
   *     names all that is wrong
   */
  public static void main(String[] arguments) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    try {
      prepare(arguments, environment);
    } catch (RuntimeException refusal) {
      if (Recovery.isPossible(environment)) {
        Recovery.endProcess(refusal);
      }
      throw refusal;
    }
    environment.execute();
  }

  static void run(String[] arguments, StreamExecutionEnvironment environment) throws Exception {
    prepare(arguments, environment);
    environment.execute();
  }

  static void prepare(String[] arguments, StreamExecutionEnvironment environment) {
    var config = JobConfig.fromYaml(configFile(arguments), System.getenv());
    configure(environment, config);
    FlinkSettings.requireFramesStay(environment);
    build(environment, config);
  }

  private static Path configFile(String[] arguments) {
    if (arguments.length != 2 || !List.of("-c", "--config").contains(arguments[0])) {
      throw new ConfigException(
          "The job's arguments",
          List.of(
              new Problem(
                  arguments.length == 0 ? "none" : String.join(" ", arguments),
                  "one YAML file is needed: " + USAGE)));
    }
    return Path.of(arguments[1]);
  }

  private static void configure(StreamExecutionEnvironment environment, JobConfig config) {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpoints().interval());
    config
        .checkpoints()
        .directory()
        .ifPresent(uri -> settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri));
    environment.configure(settings);
    if (config.parallelism() > 0) {
      environment.setParallelism(config.parallelism());
    }
  }

  private static void build(StreamExecutionEnvironment environment, JobConfig config) {
    var checks = StartException.checks();
    ClusterChecks.add(checks, environment, ORIGIN);
    var inputs = Inputs.find(config.source().files(), RESULTS);
    checks.of(() -> inputs.requireWith(config, ORIGIN, NO_BROKER));
    checks.of(() -> Rosters.requireReachable(config, ORIGIN));
    var job =
        checks
            .of(() -> model(config))
            .flatMap(model -> checks.of(() -> ConfiguredJob.of(config, inputs.files(), model)));
    var sinks =
        config.kafka().bootstrapServers().flatMap(servers -> checks.of(() -> sinks(config)));
    checks.orRefuse();
    Caution.of(job.orElseThrow().model().metadata()).ifPresent(LOG::warn);
    job.orElseThrow().build(environment, sinks.orElseThrow());
  }

  private static ModelFiles.Resolved model(JobConfig config) {
    return ModelFiles.resolve(config.model().file(), Places.models(), config.detection().topK());
  }

  private static JobSinks sinks(JobConfig config) {
    return EventOutput.sinks(EventOutput.connection(config.kafka()), config, config.name());
  }
}
