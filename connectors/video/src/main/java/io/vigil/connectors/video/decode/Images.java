package io.vigil.connectors.video.decode;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Pixels for java.awt. */
final class Images {

  private Images() {}

  /**
   * @param rgb uint8 [height, width, 3]
   */
  static BufferedImage ofRgb(byte[] rgb, int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    var bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < bgr.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }
}
