package io.vigil.testvideos.render;

/** What lies over a picture of 0xRRGGBB. */
final class Overlays {

  private Overlays() {}

  /**
   * @param share of the second colour, 0 to 256
   */
  static int mixed(int first, int second, int share) {
    int rest = 256 - share;
    int redBlue = (first & 0xFF00FF) * rest + (second & 0xFF00FF) * share;
    int green = (first & 0xFF00) * rest + (second & 0xFF00) * share;
    return redBlue >>> 8 & 0xFF00FF | green >>> 8 & 0xFF00;
  }

  /** Adds the shine around a lamp, unless something hides the lamp. */
  static void glow(int[] pixels, int width, int height, Painter.Glow glow, Canvas canvas) {
    if (hidden(glow, canvas)) {
      return;
    }
    double u = glow.u() / Lens.SAMPLES;
    double v = glow.v() / Lens.SAMPLES;
    double radius = Math.max(1.5, glow.radius() / Lens.SAMPLES);
    int left = (int) Math.max(0, u - radius);
    int right = (int) Math.min(width - 1, u + radius);
    int top = (int) Math.max(0, v - radius);
    int bottom = (int) Math.min(height - 1, v + radius);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double dx = (column + 0.5 - u) / radius;
        double dy = (row + 0.5 - v) / radius;
        double rest = 1 - dx * dx - dy * dy;
        if (rest > 0) {
          int i = row * width + column;
          pixels[i] = added(pixels[i], glow.rgb(), (int) (256 * rest * rest * rest));
        }
      }
    }
  }

  private static boolean hidden(Painter.Glow glow, Canvas canvas) {
    int column = (int) glow.u();
    int row = (int) glow.v();
    if (column < 0 || row < 0 || column >= canvas.width || row >= canvas.height) {
      return false;
    }
    return canvas.nearness[row * canvas.width + column] > glow.nearness() * 1.02;
  }

  private static int added(int pixel, int rgb, int share) {
    int red = Math.min(255, (pixel >> 16 & 255) + ((rgb >> 16 & 255) * share >> 8));
    int green = Math.min(255, (pixel >> 8 & 255) + ((rgb >> 8 & 255) * share >> 8));
    int blue = Math.min(255, (pixel & 255) + ((rgb & 255) * share >> 8));
    return red << 16 | green << 8 | blue;
  }

  /** Streaks of light grey, the same direction all over. */
  static void rain(int[] pixels, int width, int height, int streaks, long seed) {
    var dice = new Dice(seed ^ 0x7261696EL);
    int count = (int) ((long) streaks * width * height / (640 * 360));
    for (int n = 0; n < count; n++) {
      double column = dice.between(-0.1, 1.1) * width;
      double row = dice.between(-0.1, 1) * height;
      double length = dice.between(0.02, 0.09) * height;
      int strength = dice.whole(12, 46);
      for (int step = 0; step < length; step++) {
        int x = (int) (column - 0.16 * step);
        int y = (int) (row + step);
        if (x >= 0 && y >= 0 && x < width && y < height) {
          pixels[y * width + x] = added(pixels[y * width + x], 0xFFFFFF, strength);
        }
      }
    }
  }

  /** Mixes each pixel with its neighbours: along rows, then along columns. */
  static void blur(int[] pixels, int width, int height, int share) {
    for (int row = 0; row < height; row++) {
      line(pixels, row * width, 1, width, share);
    }
    for (int column = 0; column < width; column++) {
      line(pixels, column, width, height, share);
    }
  }

  private static void line(int[] pixels, int start, int step, int count, int share) {
    int before = pixels[start];
    int side = share / 3;
    int own = 256 - 2 * side;
    for (int n = 1; n + 1 < count; n++) {
      int i = start + n * step;
      int here = pixels[i];
      int after = pixels[i + step];
      // red and blue at once: they are 16 bits apart
      int redBlue =
          (before & 0xFF00FF) * side + (here & 0xFF00FF) * own + (after & 0xFF00FF) * side;
      int green = (before & 0xFF00) * side + (here & 0xFF00) * own + (after & 0xFF00) * side;
      pixels[i] = redBlue >>> 8 & 0xFF00FF | green >>> 8 & 0xFF00;
      before = here;
    }
  }
}
