package io.vigil.connectors.video.decode;

import io.vigil.model.detect.Letterbox;

/** A picture from memory through the letterbox of production. */
final class Letterboxing {

  private Letterboxing() {}

  /**
   * @param rgb uint8 [height, width, 3]
   */
  static byte[] letterbox(
      byte[] rgb, int height, int width, Orientation orientation, Letterbox letterbox, Fill fill) {
    return new StillPicture(width, height, rgb).letterbox(letterbox, fill, orientation);
  }
}
