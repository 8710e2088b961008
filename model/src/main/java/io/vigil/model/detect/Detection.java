package io.vigil.model.detect;

/**
 * One detected object.
 *
 * @param classIndex index into the model's label map, from 0
 * @param score in [0, 1]
 * @param x1 left edge, displayed source pixels
 * @param y1 top edge, displayed source pixels
 * @param x2 right edge, displayed source pixels
 * @param y2 bottom edge, displayed source pixels
 */
public record Detection(int classIndex, float score, float x1, float y1, float x2, float y2) {}
