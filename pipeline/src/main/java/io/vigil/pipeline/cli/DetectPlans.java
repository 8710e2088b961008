package io.vigil.pipeline.cli;

import io.vigil.pipeline.job.Inputs;
import io.vigil.pipeline.report.ReportRequest.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a plan of what the user typed, without touching anything.
 *
 * @param asked files, folders, globs
 * @param out the folder that the user named; may be null
 * @param given by key of the configuration
 * @param formats that were asked for; null if none was named
 * @param video whether annotated videos were asked for; null if nothing was said
 */
record DetectPlans(
    List<String> asked, Path out, Map<String, Object> given, Set<Format> formats, Boolean video) {
  private static final Path RUNS = Path.of("vigil-out");

  DetectPlan fresh() {
    if (asked.stream().allMatch(String::isBlank)) {
      throw new CommandException(
          ExitCode.USAGE, "detect needs a video file, a folder of them, or a glob; see --help");
    }
    var config = JobOptions.read(given, asked);
    var directory =
        out == null ? RunDirectory.newBelow(RUNS, nameOf(asked)) : RunDirectory.newAt(out);
    var inputs = Inputs.find(asked, out == null ? RUNS : out);
    return new DetectPlan(
        directory,
        given,
        config,
        inputs.files(),
        inputs.problems(),
        new Extras(Set.of(), true).with(formats, video),
        Optional.empty());
  }

  DetectPlan resumed() throws IOException {
    var directory = out == null ? latest() : RunDirectory.unfinishedAt(out);
    var request = StateFile.read(directory.request(), Request.class);
    var values = request.resumedWith(given);
    if (!asked.isEmpty()) {
      requireSame(request);
    }
    var config = JobOptions.read(values, List.copyOf(request.files().values()));
    return new DetectPlan(
        directory,
        values,
        config,
        request.paths(),
        request.problems(),
        request.extras().with(formats, video),
        Optional.of(request));
  }

  private RunDirectory latest() {
    return RunDirectory.unfinishedBelow(RUNS)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "--resume: no interrupted run below " + RUNS + "; name its folder with --out"));
  }

  private void requireSame(Request request) {
    var files = new ArrayList<>(Inputs.find(asked, out == null ? RUNS : out).files().values());
    files.removeAll(request.paths().values());
    if (!files.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--resume: the run was not started with %s; leave the files out to go on with it"
              .formatted(files.get(0)));
    }
  }

  /** A file's name without its ending, a folder's name, or "run" of several. */
  private static String nameOf(List<String> asked) {
    if (asked.size() > 1 || asked.get(0).matches(".*[*?\\[{].*")) {
      return "run";
    }
    var path = Path.of(asked.get(0)).toAbsolutePath().normalize();
    var name = path.getFileName() == null ? "run" : path.getFileName().toString();
    return Files.isDirectory(path) ? name : name.replaceFirst("(?<=.)\\.[^.]*$", "");
  }
}
