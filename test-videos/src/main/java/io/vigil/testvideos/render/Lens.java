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

  private static final int GRAINS = 1024;

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
    float hazeFactor = (float) (haze / 100);
    for (int row = 0; row < height; row++) {
      int i = SAMPLES * row * canvas.width;
      for (int column = 0; column < width; column++, i += SAMPLES) {
        int below = i + canvas.width;
        int first = lit(canvas, i, shadowed);
        int second = lit(canvas, i + 1, shadowed);
        int third = lit(canvas, below, shadowed);
        int fourth = lit(canvas, below + 1, shadowed);
        // red and blue at once: they are 16 bits apart
        int redBlue =
            (first & 0xFF00FF) + (second & 0xFF00FF) + (third & 0xFF00FF) + (fourth & 0xFF00FF);
        int green = (first & 0xFF00) + (second & 0xFF00) + (third & 0xFF00) + (fourth & 0xFF00);
        int pixel = redBlue >> 2 & 0xFF00FF | green >> 2 & 0xFF00;
        if (hazeFactor > 0) {
          float near = canvas.nearness[i];
          float thick = near <= 0 ? 0.5f : Math.min(0.9f, hazeFactor / near);
          pixel = Overlays.mixed(pixel, hazeColour, (int) (256 * thick));
        }
        pixels[row * width + column] = pixel;
      }
    }
  }

  /** The ground's shadows and light are not in its colour yet. */
  private static int lit(Canvas canvas, int i, int shadowed) {
    int colour = canvas.colour[i];
    if (canvas.owner[i] != Canvas.GROUND || canvas.cast[i] == 0) {
      return colour;
    }
    int cast = canvas.cast[i];
    int red = colour >> 16 & 255;
    int green = colour >> 8 & 255;
    int blue = colour & 255;
    if (cast < 0) {
      red = red * shadowed >> 8;
      green = green * shadowed >> 8;
      blue = blue * Math.min(256, shadowed + 14) >> 8;
    }
    int beam = cast & Canvas.LIGHT;
    red = Math.min(255, red + (BEAM_RED * beam >> 7));
    green = Math.min(255, green + (BEAM_GREEN * beam >> 7));
    blue = Math.min(255, blue + (BEAM_BLUE * beam >> 7));
    return red << 16 | green << 8 | blue;
  }

  private void develop(int[] pixels, int width, int height, long seed) {
    int[] red = curve(gain[0]);
    int[] green = curve(gain[1]);
    int[] blue = curve(gain[2]);
    int[] grain = grain();
    long state = Dice.mix(seed);
    double middle = 4.0 / (width * (double) width + height * (double) height);
    for (int row = 0; row < height; row++) {
      double dy = row - 0.5 * height;
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        double dx = column - 0.5 * width;
        int bright = (int) (4096 * (1 - vignette * middle * (dx * dx + dy * dy)));
        // Knuth's linear congruence; its high bits are good enough for grain
        state = state * 6364136223846793005L + 1442695040888963407L;
        int grey = grain[(int) (state >>> 54)];
        int pixel = pixels[i];
        int r = (red[pixel >> 16 & 255] * bright >> 12) + grey + at(grain, state >>> 44);
        int g = (green[pixel >> 8 & 255] * bright >> 12) + grey + at(grain, state >>> 34);
        int b = (blue[pixel & 255] * bright >> 12) + grey + at(grain, state >>> 24);
        pixels[i] = clamped(r) << 16 | clamped(g) << 8 | clamped(b);
      }
    }
  }

  private static int at(int[] grain, long bits) {
    return grain[(int) bits & GRAINS - 1];
  }

  /** Normal numbers, to choose from; half of the variance is a channel's own. */
  private int[] grain() {
    var grain = new int[GRAINS];
    var dice = new Dice(GRAINS);
    for (int i = 0; i < GRAINS; i++) {
      double sum = -6;
      for (int n = 0; n < 12; n++) {
        sum += dice.unit();
      }
      grain[i] = (int) Math.rint(sum * noise * 0.7);
    }
    return grain;
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
