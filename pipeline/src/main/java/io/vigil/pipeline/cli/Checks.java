package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.check.KafkaCheckException;
import io.vigil.model.runtime.DetectorException;
import io.vigil.pipeline.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Looks at everything before anything is started, so that all that is wrong is told together. */
final class Checks {
  private final UnaryOperator<ConfigException> spelling;
  private final List<RuntimeException> refusals = new ArrayList<>();

  /**
   * @param spelling tells problems with the configuration as the user wrote it
   */
  Checks(UnaryOperator<ConfigException> spelling) {
    this.spelling = spelling;
  }

  /** What is checked; empty if it is refused. */
  <T> Optional<T> of(Supplier<T> checked) {
    try {
      return Optional.of(checked.get());
    } catch (ConfigException e) {
      refusals.add(spelling.apply(e));
    } catch (CommandException | DetectorException | KafkaCheckException e) {
      refusals.add(e);
    }
    return Optional.empty();
  }

  /**
   * @throws RuntimeException what was refused, if anything was
   */
  void orRefuse() {
    if (refusals.isEmpty()) {
      return;
    }
    if (refusals.size() == 1) {
      throw refusals.get(0);
    }
    boolean usage = refusals.stream().anyMatch(e -> ExitCode.of(e) == ExitCode.USAGE);
    throw new CommandException(
        usage ? ExitCode.USAGE : ExitCode.FAILED,
        refusals.stream().map(Throwable::getMessage).collect(Collectors.joining("\nvigil: ")),
        refusals.get(0));
  }
}
