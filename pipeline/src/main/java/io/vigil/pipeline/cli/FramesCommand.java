package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.job.Places;
import io.vigil.pipeline.report.TrainingFrames;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil frames}: frames and events of a video, to be corrected and learned from. */
@Command(
    name = "frames",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes frames of a video and what a run's events say of them into a COCO data set, to be"
          + " corrected in a program that knows the format (CVAT, Label Studio, ...) and learned from"
          + " with vigil train. A set that is there grows; frames that it has stay as they are."
    })
final class FramesCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "VIDEO", description = "The file.")
  private Path video;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      required = true,
      description = "events.jsonl of a run over it; corrected ones, too.")
  private Path events;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description =
          "The video's stream in the events, where they are of several or of another name.")
  private String stream;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The video's in the names of its pictures (its file's).")
  private String name;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "25",
      description = "Every n-th of the frames that have an event: neighbours teach little (25).")
  private int every;

  @Option(
      names = "--score",
      paramLabel = "S",
      defaultValue = "0.3",
      description = "Lowest score of an object that is taken (0.3).")
  private double score;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "What the run detected with: the set gets all of its classes, not only those of objects"
              + " found, and its weights can be learned on from with --keep all.")
  private String model;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "train2017",
      description = "(train2017)")
  private String split;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder of the set.")
  private Path out;

  FramesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (every < 1) {
      throw new CommandException(ExitCode.USAGE, "--every " + every + ": must be 1 or more");
    }
    var called = name == null ? video.getFileName().toString() : name;
    if (called.isBlank() || called.contains("/")) {
      throw new CommandException(
          ExitCode.USAGE, "--name " + called + ": must be a part of a file's name");
    }
    var detector =
        Optional.ofNullable(model)
            .map(asked -> ModelFiles.resolve(asked, Places.models()).metadata());
    var settings =
        new TrainingFrames.Settings(
            video, events, stream, called, out, split, every, score, detector);
    var added = TrainingFrames.write(settings, done -> {});
    if (added.kept() > 0) {
      console.tell(
          "%d frames of a video '%s' were there already and stay as they are; if it is another video, name this one's with --name."
              .formatted(added.kept(), called));
    }
    console.print(
        "%d frames with %d objects are in %s; correct them, and vigil train --data %s learns from them."
            .formatted(added.frames(), added.objects(), added.file(), out));
    return ExitCode.DONE.code();
  }
}
