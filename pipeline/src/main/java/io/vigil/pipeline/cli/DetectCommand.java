package io.vigil.pipeline.cli;

import io.vigil.pipeline.report.ReportRequest.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vigil detect}: video files in, events and pictures of them out. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    sortSynopsis = false,
    abbreviateSynopsis = true,
    description = {
      "Detects objects in video files. Events go to a Kafka topic, and from there into"
          + " events.jsonl; beside it come annotated videos, a contact sheet and a summary."
    },
    footer = {
      "",
      "Examples:",
      "  vigil detect video.mp4",
      "  vigil detect videos/ --model cars.onnx --classes car,truck --score 0.5 --out cars",
      "  vigil detect --resume",
      "",
      "Ctrl-C stops in an orderly way: what was detected is committed, and --resume goes on there.",
      "",
      "Exit codes: 0 all done; 1 nothing useful was done; 2 wrong usage; 3 some files or frames"
          + " failed,",
      "the others are done; 130 stopped by Ctrl-C."
    })
final class DetectCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupt interrupt;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE|DIR|GLOB",
      arity = "0..*",
      description = "Video files, folders of them, or globs.")
  private List<String> asked = List.of();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder of the results (vigil-out/NAME, a new one each time).")
  private Path out;

  @Option(
      names = "--resume",
      description = "Go on with the run in --out that was interrupted, or with the latest one.")
  private boolean resume;

  @Option(
      names = "--format",
      paramLabel = "FORMATS",
      split = ",",
      description = "More results: coco, mot, csv, or several with commas between.")
  private List<Format> formats;

  @Option(
      names = "--no-video",
      negatable = true,
      description = "Draw no annotated videos, which saves time.")
  private Boolean noVideo;

  @ArgGroup(exclusive = false, validate = false)
  private JobOptions job = new JobOptions();

  @Mixin private LogOptions logs;

  DetectCommand(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws Exception {
    var given = JobOptions.given(spec.commandLine().getParseResult());
    var plans =
        new DetectPlans(
            asked,
            out,
            given,
            formats == null ? null : Set.copyOf(formats),
            noVideo == null ? null : !noVideo);
    var plan = resume ? plans.resumed() : plans.fresh();
    logs.apply(plan.directory().log());
    return new DetectRun(console, interrupt, plan).run().code();
  }
}
