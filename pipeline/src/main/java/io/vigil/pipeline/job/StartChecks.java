package io.vigil.pipeline.job;

import io.vigil.connectors.kafka.check.KafkaCheckException;
import io.vigil.model.runtime.DetectorException;
import io.vigil.pipeline.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at everything before anything is started, so that all that is wrong is told together. */
public final class StartChecks {
  private final Function<RuntimeException, Optional<RuntimeException>> refusal;
  private final Function<List<RuntimeException>, RuntimeException> several;
  private final List<RuntimeException> refusals = new ArrayList<>();

  /**
   * @param refusal what the user is told of what a check has thrown; empty for a fault of the
   *     program's own, which is thrown on
   * @param several what the user is told of more than one
   */
  public StartChecks(
      Function<RuntimeException, Optional<RuntimeException>> refusal,
      Function<List<RuntimeException>, RuntimeException> several) {
    this.refusal = refusal;
    this.several = several;
  }

  /** Whether a check has found that something is wrong with what the job was given. */
  public static boolean isRefusal(RuntimeException e) {
    return e instanceof ConfigException
        || e instanceof DetectorException
        || e instanceof KafkaCheckException;
  }

  /** What is checked; empty if it is refused. */
  public <T> Optional<T> of(Supplier<T> checked) {
    try {
      return Optional.ofNullable(checked.get());
    } catch (RuntimeException e) {
      refusals.add(refusal.apply(e).orElseThrow(() -> e));
      return Optional.empty();
    }
  }

  /** As the other, of what gives nothing. */
  public void of(Runnable check) {
    of(
        () -> {
          check.run();
          return null;
        });
  }

  /**
   * @throws RuntimeException what was refused, if anything was
   */
  public void orRefuse() {
    if (refusals.size() == 1) {
      throw refusals.get(0);
    }
    if (!refusals.isEmpty()) {
      throw several.apply(refusals);
    }
  }
}
