package io.vigil.pipeline.job;

import io.vigil.connectors.kafka.check.KafkaCheckException;
import io.vigil.model.runtime.DetectorException;
import io.vigil.pipeline.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at everything that a job needs before it is started, and tells all that is wrong. */
final class StartChecks {
  private final List<RuntimeException> refusals = new ArrayList<>();

  /** What is checked; empty if it is refused. */
  <T> Optional<T> of(Supplier<T> checked) {
    try {
      return Optional.ofNullable(checked.get());
    } catch (ConfigException | DetectorException | KafkaCheckException e) {
      refusals.add(e);
      return Optional.empty();
    }
  }

  /** As the other, of what gives nothing. */
  void of(Runnable check) {
    of(
        () -> {
          check.run();
          return null;
        });
  }

  /**
   * @throws RuntimeException what was refused, if anything was
   */
  void orRefuse() {
    if (refusals.size() == 1) {
      throw refusals.get(0);
    }
    if (!refusals.isEmpty()) {
      throw new StartException(refusals);
    }
  }

  /** Several things are wrong; each is told as it would be alone. */
  static final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StartException(List<RuntimeException> refusals) {
      super(
          refusals.stream()
              .map(Throwable::getMessage)
              .collect(Collectors.joining("\n", "The job was not started.\n", "")));
      refusals.forEach(this::addSuppressed);
    }
  }
}
