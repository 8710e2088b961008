package io.vigil.testvideos.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.List;

/**
 * From samples to a picture, with what air, optics and sensor do.
 *
 * @param haze share of the haze's colour at 100 metres, 0 to 1
 * @param blur of the optics, 0 to 1: share of the neighbours
 * @param noise of the sensor, standard deviation in levels
 * @param rain streaks in a picture of 640 x 360
 * @param gain of red, green and blue
 * @param contrast around middle grey
 * @param vignette how much darker the corners are, 0 to 1
 */
public record Lens(
    double haze,
    int hazeColour,
    double blur,
    double noise,
    int rain,
    double[] gain,
    double contrast,
    double vignette) {

  /** Samples of a pixel's side. */
  public static final int SAMPLES = 2;

  private static final int BEAM_RED = 70;
  private static final int BEAM_GREEN = 62;
  private static final int BEAM_BLUE = 44;

  /**
   * @param seed of noise and rain
   */
  public BufferedImage picture(Canvas canvas, Light light, List<Painter.Glow> glows, long seed) {
    int width = canvas.width / SAMPLES;
    int height = canvas.height / SAMPLES;
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    gather(canvas, pixels, width, height, (int) (256 * (1 - light.shadow())));
    for (var glow : glows) {
      Overlays.glow(pixels, width, height, glow, canvas);
    }
    if (rain > 0) {
      Overlays.rain(pixels, width, height, rain, seed);
    }
    if (blur > 0) {
      Overlays.blur(pixels, width, height, (int) (256 * blur));
    }
    develop(pixels, width, height, seed);
    return image;
  }

  private void gather(Canvas canvas, int[] pixels, int width, int height, int shadowed) {
    int hazeRed = hazeColour >> 16 & 255;
    int hazeGreen = hazeColour >> 8 & 255;
    int hazeBlue = hazeColour & 255;
    float hazeFactor = (float) (haze / 100);
    int[] sum = new int[3];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int i = SAMPLES * row * canvas.width + SAMPLES * column;
        sum[0] = 0;
        sum[1] = 0;
        sum[2] = 0;
        add(canvas, i, shadowed, sum);
        add(canvas, i + 1, shadowed, sum);
        add(canvas, i + canvas.width, shadowed, sum);
        add(canvas, i + canvas.width + 1, shadowed, sum);
        int red = sum[0] >> 2;
        int green = sum[1] >> 2;
        int blue = sum[2] >> 2;
        if (hazeFactor > 0) {
          float near = canvas.nearness[i];
          float thick = near <= 0 ? 0.5f : Math.min(0.9f, hazeFactor / near);
          red += (int) (thick * (hazeRed - red));
          green += (int) (thick * (hazeGreen - green));
          blue += (int) (thick * (hazeBlue - blue));
        }
        pixels[row * width + column] = red << 16 | green << 8 | blue;
      }
    }
  }

  private static void add(Canvas canvas, int i, int shadowed, int[] sum) {
    int colour = canvas.colour[i];
    int red = colour >> 16 & 255;
    int green = colour >> 8 & 255;
    int blue = colour & 255;
    if (canvas.owner[i] == Canvas.GROUND) {
      if (canvas.shadow[i] != 0) {
        red = red * shadowed >> 8;
        green = green * shadowed >> 8;
        blue = blue * Math.min(256, shadowed + 14) >> 8;
      }
      int beam = canvas.light[i];
      if (beam != 0) {
        red = Math.min(255, red + (BEAM_RED * beam >> 7));
        green = Math.min(255, green + (BEAM_GREEN * beam >> 7));
        blue = Math.min(255, blue + (BEAM_BLUE * beam >> 7));
      }
    }
    sum[0] += red;
    sum[1] += green;
    sum[2] += blue;
  }

  private void develop(int[] pixels, int width, int height, long seed) {
    int[][] curves = {curve(gain[0]), curve(gain[1]), curve(gain[2])};
    int amplitude = (int) (noise * 64);
    long state = Dice.mix(seed);
    double middle = 4.0 / (width * (double) width + height * (double) height);
    for (int row = 0; row < height; row++) {
      double dy = row - 0.5 * height;
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        double dx = column - 0.5 * width;
        int darkening = (int) (4096 * (1 - vignette * middle * (dx * dx + dy * dy)));
        state += 0x9E3779B97F4A7C15L;
        long grain = Dice.mix(state);
        int pixel = pixels[i];
        int red = curves[0][pixel >> 16 & 255] * darkening >> 12;
        int green = curves[1][pixel >> 8 & 255] * darkening >> 12;
        int blue = curves[2][pixel & 255] * darkening >> 12;
        int grey = grain(grain);
        red += (grey + grain(grain >>> 12)) * amplitude >> 13;
        green += (grey + grain(grain >>> 24)) * amplitude >> 13;
        blue += (grey + grain(grain >>> 36)) * amplitude >> 13;
        pixels[i] = clamped(red) << 16 | clamped(green) << 8 | clamped(blue);
      }
    }
  }

  /** Nearly normal, standard deviation about 90. */
  private static int grain(long bits) {
    return (int) ((bits & 63) + (bits >>> 6 & 63) + (bits >>> 12 & 63) + (bits >>> 18 & 63)) - 126
        << 1;
  }

  private int[] curve(double factor) {
    var curve = new int[256];
    for (int level = 0; level < 256; level++) {
      curve[level] = clamped((int) (128 + contrast * (factor * level - 128) + 0.5));
    }
    return curve;
  }

  static int clamped(int level) {
    return level < 0 ? 0 : Math.min(level, 255);
  }
}
