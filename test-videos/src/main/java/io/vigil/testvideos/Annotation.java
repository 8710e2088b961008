package io.vigil.testvideos;

/**
 * What of an actor can be seen in a frame.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param area pixels of it that nothing hides
 */
record Annotation(Category category, int track, int x, int y, int width, int height, int area) {}
