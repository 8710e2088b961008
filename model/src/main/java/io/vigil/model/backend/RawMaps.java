package io.vigil.model.backend;

import java.util.List;

/**
 * What the heads give for a batch, or the loss's derivatives by it; a list has a map a level, from
 * the lowest, row-major [N, channels, H, W].
 *
 * @param classes channel anchor * classes + class
 * @param boxes channel anchor * 4 + (ty, tx, th, tw)
 */
public record RawMaps(List<float[]> classes, List<float[]> boxes) {

  public RawMaps {
    classes = List.copyOf(classes);
    boxes = List.copyOf(boxes);
  }
}
