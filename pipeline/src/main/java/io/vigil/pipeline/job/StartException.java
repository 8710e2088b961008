package io.vigil.pipeline.job;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Several things are wrong with what a job was given; each is told as it would be alone. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StartException(List<RuntimeException> refusals) {
    super(
        refusals.stream()
            .map(Throwable::getMessage)
            .collect(Collectors.joining("\n", "The job was not started.\n", "")));
    refusals.forEach(this::addSuppressed);
  }

  static StartChecks checks() {
    return new StartChecks(e -> Optional.of(e).filter(StartChecks::isRefusal), StartException::new);
  }
}
