package io.vigil.model.train;

/**
 * Which anchors learn which object, by their intersection over union.
 *
 * @param positive from here on an anchor takes the object that it overlaps most
 * @param negative below it an anchor is background; between the two it is ignored
 * @param forced whether each object gets the anchor that overlaps it most whatever the overlap
 */
public record Assignment(float positive, float negative, boolean forced) {

  public Assignment {
    if (!(negative > 0 && negative <= positive && positive <= 1)) {
      throw new IllegalArgumentException(
          "An anchor is background below %s and an object from %s on: the first must be above 0 and at most the second, the second at most 1."
              .formatted(negative, positive));
    }
  }

  /** Google/automl's: one threshold, no ignored band. */
  public static Assignment official() {
    return new Assignment(0.5f, 0.5f, true);
  }

  /** "Focal Loss for Dense Object Detection", section 4.1, as zylo117 trains. */
  public static Assignment retinaNet() {
    return new Assignment(0.5f, 0.4f, false);
  }
}
