package io.vigil.model.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What turns a picture's bytes into the network's input: (x - mean) / std, in float32.
 *
 * @param mean of red, green and blue on 0..255
 * @param std of red, green and blue on 0..255
 */
public record Normalization(List<Double> mean, List<Double> std) {

  /** In units of ImageNet's mean colour and deviation. */
  public static final Normalization IMAGENET =
      new Normalization(
          List.of(255 * 0.485, 255 * 0.456, 255 * 0.406),
          List.of(255 * 0.229, 255 * 0.224, 255 * 0.225));

  /** To -1..1, as AdvProp's checkpoints want it. */
  public static final Normalization SYMMETRIC =
      new Normalization(List.of(127.5, 127.5, 127.5), List.of(127.5, 127.5, 127.5));

  /** To about -1..1, as the lite models have it. */
  public static final Normalization LITE =
      new Normalization(List.of(127.0, 127.0, 127.0), List.of(128.0, 128.0, 128.0));

  private static final Map<String, Normalization> BY_NAME =
      new TreeMap<>(Map.of("imagenet", IMAGENET, "advprop", SYMMETRIC, "lite", LITE));

  /**
   * @throws IllegalArgumentException if there is no such normalisation; names those there are
   */
  public static Normalization of(String name) {
    var found = BY_NAME.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "Unknown normalisation '%s'; known are %s."
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return found;
  }

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3) {
      throw new IllegalArgumentException(
          "Mean and std have one value each for red, green and blue, not "
              + mean.size()
              + " and "
              + std.size()
              + ".");
    }
  }
}
