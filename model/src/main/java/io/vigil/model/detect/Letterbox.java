package io.vigil.model.detect;

/**
 * How a displayed source picture lies in a model picture: scaled, top left, padded on the right and
 * the bottom.
 *
 * @param sourceWidth displayed width of the source, after rotation and pixel aspect
 * @param sourceHeight displayed height of the source
 * @param scaledWidth width of the picture inside the model picture
 * @param scaledHeight height of the picture inside the model picture
 * @param width width of the model picture
 * @param height height of the model picture
 */
public record Letterbox(
    int sourceWidth, int sourceHeight, int scaledWidth, int scaledHeight, int width, int height) {}
