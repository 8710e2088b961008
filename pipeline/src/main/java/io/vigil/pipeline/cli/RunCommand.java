package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.Problem;
import io.vigil.pipeline.job.ConfiguredJob;
import io.vigil.pipeline.job.Inputs;
import io.vigil.pipeline.job.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigil run}: the job of a file, against a Kafka that is there. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Runs the job that a file describes, against a given Kafka: the same that flink run runs"
            + " on a cluster.",
    footer = {
      "",
      "Ctrl-C stops in an orderly way: what was detected is committed. With checkpoints.directory"
          + " in the",
      "file it says where to go on: --from SAVEPOINT. Exit codes are those of detect."
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupt interrupt;
  private final Talk talk;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      required = true,
      description = "The job, in YAML; the README has an example.")
  private Path file;

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = "Go on from a savepoint or a retained checkpoint of this job.")
  private String from;

  @Mixin private LogOptions logs;

  RunCommand(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
    this.talk = new Talk(console);
  }

  @Override
  public Integer call() throws Exception {
    logs.apply(Path.of("vigil.log"));
    var config = JobConfig.fromYaml(file, System.getenv());
    var inputs = Inputs.find(config.source().files(), Path.of("vigil-out"));
    requireReady(config, inputs);
    var videos = Videos.probe(inputs.files()).orRefuse(List.of());
    talk.problems(videos.problems());
    var model = ModelFiles.resolve(config.model().file(), Places.models());
    var job = ConfiguredJob.of(config, inputs.files(), model);
    talk.start(videos, model.metadata());
    return run(job, videos).code();
  }

  private void requireReady(JobConfig config, Inputs inputs) {
    var problems = new ArrayList<Problem>();
    inputs.problems().forEach(problem -> problems.add(new Problem("source.files", problem)));
    if (config.kafka().bootstrapServers().isEmpty()) {
      problems.add(
          new Problem(
              "kafka.bootstrap-servers", "is missing; name a broker, such as localhost:9092"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), problems);
    }
  }

  private ExitCode run(ConfiguredJob job, Videos videos) throws Exception {
    try (var temporary = new TemporaryFolder("vigil-checkpoints");
        var kafka = LocalKafka.open(job.config().kafka(), temporary.path())) {
      return run(kafka, job, videos, temporary.path());
    }
  }

  private ExitCode run(LocalKafka kafka, ConfiguredJob job, Videos videos, Path temporary)
      throws Exception {
    var config = job.config();
    var sink = kafka.sink(config, config.name());
    var offsets = kafka.offsets();
    var streams = job.files().keySet();
    var checkpoints = config.checkpoints().directory();
    var settings =
        LocalJob.Settings.of(
            config,
            streams.size(),
            checkpoints.orElse(temporary.toUri().toString()),
            Optional.ofNullable(from));
    long expected = videos.expectedFrames(config.source());
    var runner = new JobRunner(console, interrupt, kafka, streams, offsets, expected);
    var outcome = runner.run(environment -> job.build(environment, sink), settings);
    tell(outcome, checkpoints.isPresent());
    var results =
        Results.read(kafka, new Results.Extent(offsets, streams, 0, true), Optional.empty());
    results.failures().forEach((stream, why) -> console.tell("vigil: " + stream + ": " + why));
    talk.failedFrames(results.failedFrames());
    return exitCode(outcome, results.anythingFailed());
  }

  private void tell(Outcome outcome, boolean kept) {
    outcome
        .failure()
        .ifPresent(
            failure -> {
              throw new CommandException(ExitCode.FAILED, Failures.message(failure), failure);
            });
    console.print(
        String.format(
            Locale.ROOT,
            "%s: %,d frames with %,d detections are committed.",
            outcome.savepoint().isPresent() ? "Stopped" : "Done",
            outcome.frames(),
            outcome.detections()));
    outcome
        .savepoint()
        .filter(savepoint -> kept)
        .ifPresent(
            savepoint ->
                console.print("Go on with: vigil run -c %s --from %s".formatted(file, savepoint)));
  }

  private static ExitCode exitCode(Outcome outcome, boolean somethingFailed) {
    return switch (outcome.end()) {
      case DRAINED -> ExitCode.INTERRUPTED;
      case FAILED -> ExitCode.FAILED;
      case FINISHED -> finished(outcome, somethingFailed);
    };
  }

  private static ExitCode finished(Outcome outcome, boolean somethingFailed) {
    if (outcome.frames() == 0) {
      return ExitCode.FAILED;
    }
    return somethingFailed ? ExitCode.PARTLY : ExitCode.DONE;
  }
}
