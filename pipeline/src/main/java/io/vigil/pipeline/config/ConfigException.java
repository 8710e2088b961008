package io.vigil.pipeline.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that is refused; the message tells every problem, not just the first. */
public class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an immutable list of records; the exception is not sent anywhere
  private final List<Problem> problems;

  public ConfigException(String origin, List<Problem> problems) {
    super(message(origin, problems));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String message(String origin, List<Problem> problems) {
    if (problems.size() == 1) {
      return origin + ": " + problems.get(0);
    }
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", origin + " has " + problems.size() + " problems:", ""));
  }
}
