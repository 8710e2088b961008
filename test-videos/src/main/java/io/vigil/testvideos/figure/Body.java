package io.vigil.testvideos.figure;

import io.vigil.testvideos.figure.Look.Carried;
import io.vigil.testvideos.figure.Look.Lower;
import io.vigil.testvideos.figure.Look.Upper;
import io.vigil.testvideos.render.Painter;

/** The upright parts of a person: trunk and head. */
final class Body {

  private static final int FINE = 10;
  private static final int COARSE = 6;
  private static final double FINE_FROM = 45;

  private Body() {}

  /**
   * @param shift metres up
   */
  static void trunk(Painter painter, Look look, double shift, boolean seated) {
    double h = look.height();
    double w = h * (0.8 + 0.2 * look.girth());
    double d = h * look.girth();
    int sides = painter.samplesPerMetre() > FINE_FROM ? FINE : COARSE;
    boolean coat = look.upper() == Upper.COAT && !seated;
    double hem = coat ? 0.32 * h : 0.49 * h;
    double flare = coat ? 0.115 : 0.092;
    int shirt = look.lower() == Lower.DRESS && !coat ? look.legs() : look.top();
    painter.loft(
        shirt,
        sides,
        ring(hem + shift, 0.065 * d, flare * w),
        ring(0.60 * h + shift, 0.062 * d, 0.088 * w),
        ring(0.74 * h + shift, 0.068 * d, 0.108 * w),
        ring(0.815 * h + shift, 0.055 * d, 0.112 * w),
        ring(0.85 * h + shift, 0.03 * h, 0.045 * h));
    if (Person.skirted(look) && !coat && !seated) {
      double length = look.lower() == Lower.DRESS ? 0.25 : 0.3;
      painter.loft(
          look.legs(),
          sides,
          ring(length * h + shift, 0.105 * h, 0.13 * h),
          ring(0.5 * h + shift, 0.075 * d, 0.1 * w),
          ring(0.6 * h + shift, 0.063 * d, 0.09 * w));
    }
    if (look.carried() == Carried.BACKPACK) {
      double back = -0.06 * d;
      painter.box(
          look.carriedColour(), back - 0.16, -0.15, 0.56 * h + shift, back, 0.15, 0.82 * h + shift);
    }
  }

  private static double[] ring(double z, double halfX, double halfY) {
    return new double[] {0, 0, z, halfX, halfY};
  }

  /**
   * @param x of its middle
   * @param shift metres up
   */
  static void head(Painter painter, Look look, double x, double shift) {
    double h = look.height();
    double r = 0.062 * Math.max(h, 1.45);
    double z = 0.925 * h + shift;
    painter.limb(look.skin(), x, 0, z - 1.5 * r, 0.55 * r, x, 0, z - r, 0.5 * r);
    painter.limb(look.skin(), x + 0.1 * r, 0, z - 0.35 * r, 0.8 * r, x, 0, z, r);
    if (look.head() != Look.Head.HOOD) {
      painter.limb(
          look.hair(), x - 0.25 * r, 0, z + 0.05 * r, 0.98 * r, x, 0, z + 0.28 * r, 0.9 * r);
    }
    if (look.longHair()) {
      painter.limb(look.hair(), x - 0.3 * r, 0, z, 0.95 * r, x - 0.55 * r, 0, z - 2 * r, 0.6 * r);
    }
    worn(painter, look, x, z, r);
  }

  private static void worn(Painter painter, Look look, double x, double z, double r) {
    int colour = look.headColour();
    switch (look.head()) {
      case HOOD ->
          painter.limb(
              look.top(),
              x - 0.3 * r,
              0,
              z - 0.5 * r,
              1.15 * r,
              x - 0.2 * r,
              0,
              z + 0.2 * r,
              1.1 * r);
      case CAP -> {
        painter.limb(colour, x - 0.1 * r, 0, z + 0.4 * r, 0.98 * r, x, 0, z + 0.45 * r, 0.95 * r);
        painter.box(colour, x + 0.6 * r, -0.6 * r, z + 0.4 * r, x + 1.9 * r, 0.6 * r, z + 0.55 * r);
      }
      case HELMET ->
          painter.limb(
              colour, x - 0.5 * r, 0, z + 0.4 * r, 1.1 * r, x + 0.4 * r, 0, z + 0.45 * r, 1.0 * r);
      case HAT -> {
        double[][] brim = {
          {x, 0, z + 0.4 * r, 1.9 * r, 1.9 * r},
          {x, 0, z + 0.55 * r, 1.05 * r, 1.05 * r},
          {x, 0, z + 1.3 * r, 0.85 * r, 0.85 * r},
          {x, 0, z + 1.35 * r, 0.05 * r, 0.05 * r}
        };
        painter.loft(colour, 10, brim);
      }
      case BARE -> {}
    }
  }
}
