package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.decode.Fill;
import io.vigil.model.detect.Letterbox;
import java.io.Serializable;

/**
 * What model pictures look like.
 *
 * @param resolution longer side of the scaled picture, model pixels
 * @param sizeMultiple each side of the model picture is a multiple of it: 2^maxLevel
 * @param square pads to resolution x resolution instead
 * @param fill right of and below the picture: the mean colour, which is 0 after normalisation
 */
public record LetterboxSettings(int resolution, int sizeMultiple, boolean square, Fill fill)
    implements Serializable {

  public Letterbox letterbox(int sourceWidth, int sourceHeight) {
    return Letterbox.of(sourceWidth, sourceHeight, resolution, sizeMultiple, square);
  }
}
