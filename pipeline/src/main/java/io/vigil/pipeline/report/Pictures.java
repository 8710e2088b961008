package io.vigil.pipeline.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Scaling that does not skip pixels. */
final class Pictures {
  private Pictures() {}

  /** Bilinear; by halves first where it shrinks a lot, as bilinear looks at four pixels only. */
  static BufferedImage scaled(BufferedImage picture, int width, int height) {
    var step = picture;
    while (step.getWidth() >= 2 * width && step.getHeight() >= 2 * height) {
      step = bilinear(step, step.getWidth() / 2, step.getHeight() / 2);
    }
    return bilinear(step, width, height);
  }

  private static BufferedImage bilinear(BufferedImage picture, int width, int height) {
    var scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }
}
