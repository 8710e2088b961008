package io.vigil.pipeline.cli;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.job.StartChecks;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The checks before a command starts anything, with exit codes. */
final class Checks {

  private Checks() {}

  /**
   * @param spelling tells problems with the configuration as the user wrote it
   */
  static StartChecks spelled(UnaryOperator<ConfigException> spelling) {
    return new StartChecks(e -> refusal(e, spelling), Checks::several);
  }

  private static Optional<RuntimeException> refusal(
      RuntimeException thrown, UnaryOperator<ConfigException> spelling) {
    if (thrown instanceof ConfigException e) {
      return Optional.of(spelling.apply(e));
    }
    return Optional.of(thrown)
        .filter(e -> e instanceof CommandException || StartChecks.isRefusal(e));
  }

  private static CommandException several(List<RuntimeException> refusals) {
    boolean usage = refusals.stream().anyMatch(e -> ExitCode.of(e) == ExitCode.USAGE);
    return new CommandException(
        usage ? ExitCode.USAGE : ExitCode.FAILED,
        refusals.stream().map(Throwable::getMessage).collect(Collectors.joining("\nvigil: ")),
        refusals.get(0));
  }
}
