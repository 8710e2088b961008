package io.vigil.pipeline.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param entry the key and its value as the user wrote them, such as {@code --score 2}; never shows
 *     a secret
 * @param rule the rule that is broken, and the way out
 */
public record Problem(String entry, String rule) {

  @Override
  public String toString() {
    return entry + ": " + rule;
  }
}
