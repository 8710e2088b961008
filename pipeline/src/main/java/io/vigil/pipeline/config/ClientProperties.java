package io.vigil.pipeline.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * Properties of the Kafka clients, secrets among them: its text shows names only, so that no log or
 * message can tell one.
 */
public final class ClientProperties {
  private final Map<String, String> values;

  public ClientProperties(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The values themselves, for the clients and nobody else. */
  public Map<String, String> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientProperties properties && values.equals(properties.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(values).keySet() + " (values hidden)";
  }
}
