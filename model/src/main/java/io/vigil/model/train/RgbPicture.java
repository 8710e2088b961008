package io.vigil.model.train;

/**
 * A picture as stored.
 *
 * @param rgb [height, width, 3]
 */
public record RgbPicture(int width, int height, byte[] rgb) {}
