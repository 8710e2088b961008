package io.vigil.model.weights;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is taken from a weights file; the rest of the network starts from initial weights. */
public enum Keep {
  ALL,
  /** All but the last layer of the class net, which alone depends on the classes. */
  BODY,
  /** As ImageNet's files have it, to start training from. */
  BACKBONE;

  private static final String CLASS_PREDICTOR = "class.predict.";
  private static final String BACKBONE_PREFIX = "backbone.";

  /**
   * @throws IllegalArgumentException if there is no such part; names those there are
   */
  public static Keep of(String name) {
    return Arrays.stream(values())
        .filter(keep -> keep.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown part '%s'; known are %s."
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Keep::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** Whether a tensor comes from the file, by its canonical name. */
  boolean takes(String canonical) {
    return switch (this) {
      case ALL -> true;
      case BODY -> !canonical.startsWith(CLASS_PREDICTOR);
      case BACKBONE -> canonical.startsWith(BACKBONE_PREFIX);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
