package io.vigil.testvideos.render;

/**
 * The sky, and the ground's texture and lighting.
 *
 * @param zenith colour of the sky above
 * @param horizon and at its lower edge
 * @param clouds 0 for none, 1 for many
 */
public record Surroundings(int zenith, int horizon, int cloud, double clouds) {

  /** Nearer than that, all is ground. */
  private static final double GROUND_REACH = 120;

  /** Before anything else is drawn. */
  public void sky(Canvas canvas, View view) {
    for (int row = 0; row < canvas.height; row++) {
      if (view.groundReach(row + 0.5) < GROUND_REACH) {
        return;
      }
      double up = (view.centreY - row) / view.focal;
      double ray = view.forwardZ + view.upZ * up;
      double share = Math.max(0, Math.min(1, 2.2 * ray));
      int base = Colours.mixed(horizon, zenith, share);
      double stretch = 40 / (0.12 + Math.max(0, ray));
      for (int column = 0; column < canvas.width; column++) {
        int i = row * canvas.width + column;
        double across = (column - view.centreX) / view.focal;
        double noise = Noise.at(across * stretch + 90, stretch * 3);
        double cover = Math.max(0, Math.min(1, (noise + 1.6 * clouds - 0.9) * 2.5));
        canvas.colour[i] = cover > 0 ? Colours.mixed(base, cloud, cover) : base;
        canvas.nearness[i] = 0;
        canvas.owner[i] = Canvas.SCENERY;
      }
    }
  }

  /** After the ground's pieces are drawn, and before what stands on it. */
  public void ground(Canvas canvas, View view, Light light) {
    for (int row = 0; row < canvas.height; row++) {
      double reach = view.groundReach(row + 0.5);
      if (reach < 1e4) {
        double x = view.groundX(0.5, row + 0.5, reach);
        double y = view.groundY(0.5, row + 0.5, reach);
        row(canvas, view, light, row, reach, x, y);
      }
    }
  }

  private static void row(
      Canvas canvas, View view, Light light, int row, double reach, double startX, double startY) {
    double metres = reach / view.focal;
    double stepX = view.rightX * metres;
    double stepY = view.rightY * metres;
    double[] bright = brightness(light, 0);
    for (int column = 0; column < canvas.width; column++) {
      int i = row * canvas.width + column;
      if (canvas.owner[i] == Canvas.GROUND) {
        double x = startX + column * stepX;
        double y = startY + column * stepY;
        if (light.dark() && (column & 7) == 0) {
          bright = brightness(light, light.lampsAt(x, y));
        }
        int colour = canvas.colour[i];
        double factor = Texture.of(colour >>> 24).at(x, y, metres);
        canvas.colour[i] =
            Lens.clamped((int) ((colour >> 16 & 255) * factor * bright[0])) << 16
                | Lens.clamped((int) ((colour >> 8 & 255) * factor * bright[1])) << 8
                | Lens.clamped((int) ((colour & 255) * factor * bright[2]));
      }
    }
  }

  private static double[] brightness(Light light, double lamps) {
    return new double[] {
      light.factor(0, 0, 0, 1, lamps),
      light.factor(1, 0, 0, 1, lamps),
      light.factor(2, 0, 0, 1, lamps)
    };
  }
}
