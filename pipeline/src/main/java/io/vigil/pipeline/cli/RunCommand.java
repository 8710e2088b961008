package io.vigil.pipeline.cli;

import io.vigil.pipeline.cli.JobRunner.End;
import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.job.CheckpointFolder;
import io.vigil.pipeline.job.Inputs;
import io.vigil.pipeline.job.Rosters;
import io.vigil.pipeline.report.FileProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
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
    interrupt.beforeQuitting(() -> console.tell("Stopped at once; what was committed stays."));
    var config = JobConfig.fromYaml(file, System.getenv());
    var checks = Checks.spelled(this::spelled);
    var inputs = Inputs.find(config.source().files(), Path.of("vigil-out"));
    checks.of(() -> requireReady(config, inputs));
    checks.of(this::requireSavepoint);
    checks.of(() -> requireCheckpoints(config));
    var asked = new Ready.Asked(config, inputs.files(), List.of(), UnaryOperator.identity());
    var ready = Ready.of(asked, Optional.of(config.name()), checks);
    talk.problems(ready.videos().problems());
    talk.start(ready.videos(), ready.job().model().metadata(), !config.endsByItself());
    return run(ready).code();
  }

  private ConfigException spelled(ConfigException refusal) {
    return new ConfigException(file.toString(), refusal.problems());
  }

  /** Of places on other file systems Flink tells when it looks there. */
  private Optional<String> requireSavepoint() {
    var local = from == null ? "" : from.replaceFirst("^file:(//)?(?=/)", "");
    if (from != null && !local.contains("://") && !Files.exists(Path.of(local))) {
      throw new CommandException(
          ExitCode.USAGE,
          "--from %s: there is no savepoint or checkpoint; it is the folder that a stop named"
              .formatted(from));
    }
    if (from != null && !local.contains("://")) {
      Checkpoints.requireWhole(Path.of(local));
    }
    return Optional.ofNullable(from);
  }

  private Inputs requireReady(JobConfig config, Inputs inputs) {
    inputs.requireWith(config, file.toString(), "name a broker, such as localhost:9092");
    Rosters.requireReachable(config, file.toString());
    return inputs;
  }

  private JobConfig requireCheckpoints(JobConfig config) {
    config
        .checkpoints()
        .directory()
        .ifPresent(
            uri -> CheckpointFolder.requireWritable(uri, "checkpoints.directory", file.toString()));
    return config;
  }

  private ExitCode run(Ready ready) throws Exception {
    try (var temporary = new TemporaryFolder("vigil-checkpoints");
        var kafka = LocalKafka.open(ready.job().config().kafka(), temporary.path())) {
      return run(kafka, ready, temporary.path());
    }
  }

  private ExitCode run(LocalKafka kafka, Ready ready, Path temporary) throws Exception {
    var job = ready.job();
    var config = job.config();
    var offsets = kafka.offsets();
    var streams = job.streams();
    var checkpoints = config.checkpoints().directory();
    var settings =
        LocalJob.Settings.of(
            config,
            parallelStreams(config, streams),
            checkpoints.orElse(temporary.toUri().toString()),
            Optional.ofNullable(from));
    long expected = ready.videos().expectedFrames(config.source());
    boolean bounded = config.endsByItself();
    var runner = new JobRunner(console, interrupt, kafka, streams, offsets, expected, bounded);
    var outcome =
        runner.run(environment -> job.build(environment, ready.sinks().orElseThrow()), settings);
    outcome
        .failure()
        .ifPresent(
            failure -> {
              throw new CommandException(ExitCode.FAILED, Failures.message(failure), failure);
            });
    var results =
        Results.read(kafka, new Results.Extent(offsets, streams, 0, true), Optional.empty());
    results
        .failures()
        .forEach(
            (stream, why) ->
                talk.problems(
                    List.of(
                        config.endsByItself()
                            ? stream + ": " + FileProblem.without(job.files().get(stream), why)
                            : why)));
    tell(outcome, results, checkpoints.isPresent());
    return exitCode(outcome, results);
  }

  /** Of cameras that come and go there may be many. */
  private static int parallelStreams(JobConfig config, Set<String> streams) {
    return config.camerasFrom().isPresent() ? Integer.MAX_VALUE : streams.size();
  }

  private void tell(Outcome outcome, Results results, boolean kept) {
    talk.failedFrames(results.failedFrames());
    if (nothingLeft(outcome, results)) {
      console.print("Nothing was left to do: every frame was done at " + from + ".");
      return;
    }
    console.print(
        String.format(
            Locale.ROOT,
            "%s: %,d frames with %,d detections are committed.",
            outcome.savepoint().isPresent() ? "Stopped" : "Done",
            outcome.frames(),
            outcome.detections()));
    if (outcome.frames() == 0 && !results.anythingFailed()) {
      talk.nothingLookedAt(results);
    }
    outcome
        .savepoint()
        .filter(savepoint -> kept)
        .ifPresent(
            savepoint ->
                console.print("Go on with: vigil run -c %s --from %s".formatted(file, savepoint)));
  }

  private boolean nothingLeft(Outcome outcome, Results results) {
    return from != null
        && outcome.end() == End.FINISHED
        && outcome.frames() == 0
        && !results.anythingFailed();
  }

  private ExitCode exitCode(Outcome outcome, Results results) {
    if (outcome.end() == End.DRAINED) {
      return ExitCode.INTERRUPTED;
    }
    if (nothingLeft(outcome, results)) {
      return ExitCode.DONE;
    }
    if (outcome.frames() == 0) {
      return ExitCode.FAILED;
    }
    return results.anythingFailed() ? ExitCode.PARTLY : ExitCode.DONE;
  }
}
