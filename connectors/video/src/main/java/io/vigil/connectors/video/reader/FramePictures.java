package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.model.detect.Letterbox;
import java.util.List;

/** Decoded frames as model pictures, with nothing in them of what is masked. */
public final class FramePictures {

  private final LetterboxSettings settings;
  private final List<Mask> masks;
  private MaskedPixels masked;

  public FramePictures(LetterboxSettings settings, List<Mask> masks) {
    this.settings = settings;
    this.masks = masks;
  }

  /** Of the decoder's current frame. */
  public Letterbox letterbox(VideoDecoder decoder) {
    return settings.letterbox(decoder.frame().width(), decoder.frame().height());
  }

  /**
   * The decoder's current frame.
   *
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   * @throws VideoException if its pixel format cannot be converted
   */
  public byte[] picture(VideoDecoder decoder, Letterbox letterbox) throws VideoException {
    var rgb = decoder.letterbox(letterbox, settings.fill());
    if (!masks.isEmpty()) {
      if (masked == null || !masked.letterbox().equals(letterbox)) {
        masked = MaskedPixels.of(masks, letterbox, settings.fill());
      }
      masked.fill(rgb);
    }
    return rgb;
  }
}
