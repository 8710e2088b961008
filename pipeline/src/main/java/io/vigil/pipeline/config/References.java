package io.vigil.pipeline.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${env:NAME}} and {@code ${file:PATH}}, so that a secret need not stand in a
 * configuration. Messages show the reference, never what it stands for.
 */
final class References {
  /** For configurations of people who may not read what it would stand for. */
  static References refused() {
    return new References(null);
  }

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]*):?([^}]*)}");
  private final Map<String, String> environment;

  References(Map<String, String> environment) {
    this.environment = environment == null ? null : Map.copyOf(environment);
  }

  /**
   * @throws UnresolvedException if a reference stands for nothing
   */
  String resolve(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), match.group(2))));
  }

  private String value(String scheme, String name) {
    if (environment == null) {
      throw new UnresolvedException("${" + scheme + "…} is not filled in here; write it out");
    }
    return switch (scheme) {
      case "env" -> environmentVariable(name);
      case "file" -> firstOf(Path.of(name));
      default ->
          throw new UnresolvedException(
              "${" + scheme + "…} is no reference; there are ${env:NAME} and ${file:PATH}");
    };
  }

  private String environmentVariable(String name) {
    var value = environment.get(name);
    if (value == null) {
      throw new UnresolvedException(
          "the environment variable " + name + " is not set; export it before the start");
    }
    return value;
  }

  /** The file's text without the line end that editors add. */
  private static String firstOf(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw new UnresolvedException("the file " + file + " cannot be read");
    }
  }

  /** Says which reference stands for nothing, and why. */
  static final class UnresolvedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnresolvedException(String message) {
      super(message);
    }
  }
}
