package io.vigil.model.train;

import io.vigil.model.backend.NetworkTraining;

/**
 * What keeps its values in a training.
 *
 * @param text as it is asked for; checked by {@link #named}
 */
public record Freeze(String text) {

  private static final int STAGES = 7;

  public static final Freeze NOTHING = named("nothing");

  /**
   * @param text {@code nothing}, or parts with commas between: {@code norms} (all batch norms use
   *     their running means and keep them), {@code backbone-norms} (the backbone's), {@code stage1}
   *     to {@code stage7} (the backbone's stem and first stages, wholly), {@code backbone} (which
   *     is stage7)
   * @throws IllegalArgumentException if it is none of them
   */
  public static Freeze named(String text) {
    var freeze = new Freeze(text);
    freeze.applied(NetworkTraining.all());
    return freeze;
  }

  NetworkTraining applied(NetworkTraining all) {
    var left = all;
    for (var part : text.split(",", -1)) {
      left = without(left, part.strip());
    }
    return left;
  }

  private NetworkTraining without(NetworkTraining left, String part) {
    return switch (part) {
      case "nothing" -> left;
      case "norms" -> left.withFrozenNorms();
      case "backbone-norms" -> left.withFrozenBackboneNorms();
      case "backbone" -> left.withFrozenStages(STAGES);
      case "stage1", "stage2", "stage3", "stage4", "stage5", "stage6", "stage7" ->
          left.withFrozenStages(part.charAt(part.length() - 1) - '0');
      default ->
          throw new IllegalArgumentException(
              "--freeze %s: must be nothing, norms, backbone-norms, backbone or stage1 to stage7, or some of them, such as norms,stage2"
                  .formatted(text));
    };
  }
}
