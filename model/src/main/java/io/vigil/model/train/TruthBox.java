package io.vigil.model.train;

/**
 * An object on a picture.
 *
 * @param y1 top, in pixels of the picture
 * @param x1 left
 * @param y2 bottom
 * @param x2 right
 * @param classIndex from 0
 */
public record TruthBox(float y1, float x1, float y2, float x2, int classIndex) {

  float area() {
    return (y2 - y1) * (x2 - x1);
  }
}
