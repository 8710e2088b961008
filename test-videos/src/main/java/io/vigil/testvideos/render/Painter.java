package io.vigil.testvideos.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws figures of flat faces and round limbs on a canvas, with their shadows on the ground. A
 * figure's own coordinates are metres: x ahead, y to its left, z up, the origin on the ground under
 * its middle.
 */
public final class Painter {

  /** Thinner limbs would fall between the samples. */
  private static final double THINNEST = 0.55;

  /** How much a layer lies before the one below it, as a share of its distance. */
  private static final double LAYER = 0.0012;

  private final View view;
  private final Light light;
  private final Raster raster;
  private final Polygon polygon = new Polygon();
  private final List<Glow> glows = new ArrayList<>();

  private double placeX;
  private double placeY;
  private double cos = 1;
  private double sin;
  private double scale = 1;
  private double lamps;
  private boolean casts;
  private Extent extent = new Extent();

  /** A lamp that outshines its surroundings: place and radius in samples. */
  public record Glow(double u, double v, double radius, double nearness, int rgb) {

    public Glow moved(double byU, double byV) {
      return new Glow(u + byU, v + byV, radius, nearness, rgb);
    }
  }

  public Painter(Canvas canvas, View view, Light light) {
    this.view = view;
    this.light = light;
    this.raster = new Raster(canvas);
  }

  public List<Glow> glows() {
    return glows;
  }

  public boolean dark() {
    return light.dark();
  }

  /**
   * Begins a figure that stands on the ground.
   *
   * @param heading of its x axis, radians from the world's
   */
  public void begin(short owner, double x, double y, double heading, double newScale) {
    raster.begin(owner);
    extent = new Extent();
    placeX = x;
    placeY = y;
    cos = StrictMath.cos(heading);
    sin = StrictMath.sin(heading);
    scale = newScale;
    lamps = light.lampsAt(x, y);
    casting(true);
  }

  /** A corner. */
  public static double[] at(double x, double y, double z) {
    return new double[] {x, y, z};
  }

  /** What was drawn since {@link #begin}. */
  public Silhouette end() {
    return new Silhouette(
        raster.silhouette(), extent.left, extent.top, extent.right, extent.bottom);
  }

  /** Samples that a metre takes up here, 0 if it is behind the camera. */
  public double samplesPerMetre() {
    double distance = view.depth(placeX, placeY, 0.5);
    return distance < Polygon.NEAR ? 0 : view.focal * scale / distance;
  }

  /** Whether what is drawn from now on holds off the sun. */
  public void casting(boolean shadows) {
    casts = shadows && light.shadow() > 0;
  }

  /** A convex face of a body, three or more corners as x, y, z. */
  public void face(int rgb, double... corners) {
    solid(rgb, 0, false, corners);
    if (casts) {
      polygon.drop(light.toSun());
      if (polygon.project(view)) {
        raster.polygon(Raster.Mode.SHADOW, 0, polygon.projected, polygon.u, polygon.v);
      }
    }
  }

  public void face(int rgb, double[]... corners) {
    face(rgb, joined(corners));
  }

  /** A face on top of another one: windows, doors, stripes; higher layers cover lower ones. */
  public void decal(int layer, int rgb, double... corners) {
    solid(rgb, layer, false, corners);
  }

  public void decal(int layer, int rgb, double[]... corners) {
    decal(layer, rgb, joined(corners));
  }

  /** A decal that shines by itself. */
  public void shining(int layer, int rgb, double... corners) {
    solid(rgb, layer, true, corners);
  }

  public void shining(int layer, int rgb, double[]... corners) {
    shining(layer, rgb, joined(corners));
  }

  private static double[] joined(double[][] corners) {
    var joined = new double[3 * corners.length];
    for (int i = 0; i < corners.length; i++) {
      System.arraycopy(corners[i], 0, joined, 3 * i, 3);
    }
    return joined;
  }

  private void solid(int rgb, int layer, boolean shines, double[] corners) {
    polygon.count = corners.length / 3;
    for (int i = 0; i < polygon.count; i++) {
      set(i, corners[3 * i], corners[3 * i + 1], corners[3 * i + 2]);
    }
    polygon.normal(view);
    if (polygon.project(view) && polygon.plane(view, raster, 1 + LAYER * layer)) {
      extent.include(polygon);
      int shaded =
          shines ? rgb : light.shade(rgb, polygon.normalX, polygon.normalY, polygon.normalZ, lamps);
      raster.polygon(Raster.Mode.SOLID, shaded, polygon.projected, polygon.u, polygon.v);
    }
  }

  /** A flat piece of the ground, drawn over what was there; corners as x, y. */
  public void floor(int texture, int rgb, double... corners) {
    flat(corners);
    polygon.normal(view);
    if (polygon.project(view) && polygon.plane(view, raster, 1)) {
      int colour = texture << 24 | rgb;
      raster.polygon(Raster.Mode.FLOOR, colour, polygon.projected, polygon.u, polygon.v);
    }
  }

  /**
   * A piece of the ground in the light of headlights; corners as x, y.
   *
   * @param amount 0 to 127
   */
  public void beam(int amount, double... corners) {
    flat(corners);
    if (polygon.project(view)) {
      raster.polygon(Raster.Mode.LIGHT, amount, polygon.projected, polygon.u, polygon.v);
    }
  }

  /** A soft-looking dark place under something, in any light; corners as x, y. */
  public void shade(double... corners) {
    if (casts) {
      flat(corners);
      if (polygon.project(view)) {
        raster.polygon(Raster.Mode.SHADOW, 0, polygon.projected, polygon.u, polygon.v);
      }
    }
  }

  private void flat(double[] corners) {
    polygon.count = corners.length / 2;
    for (int i = 0; i < polygon.count; i++) {
      set(i, corners[2 * i], corners[2 * i + 1], 0);
    }
  }

  /** A round limb between two balls: x, y, z and radius of each. */
  public void limb(
      int rgb,
      double ax,
      double ay,
      double az,
      double ar,
      double bx,
      double by,
      double bz,
      double br) {
    swept(rgb & 0xFFFFFF, ax, ay, az, ar, bx, by, bz, br);
  }

  public void ball(int rgb, double x, double y, double z, double radius) {
    swept(rgb & 0xFFFFFF, x, y, z, radius, x, y, z, radius);
  }

  /** A ball that shines by itself. */
  public void shiningBall(int rgb, double x, double y, double z, double radius) {
    swept(rgb | 0x80000000, x, y, z, radius, x, y, z, radius);
  }

  private void swept(
      int rgb,
      double ax,
      double ay,
      double az,
      double ar,
      double bx,
      double by,
      double bz,
      double br) {
    polygon.count = 2;
    set(0, ax, ay, az);
    set(1, bx, by, bz);
    var a = end(0, ar * scale);
    var b = end(1, br * scale);
    if (a == null || b == null) {
      return;
    }
    extent.include(a);
    extent.include(b);
    var shading = new Shading(light, view, lamps, rgb);
    raster.limb(Raster.Mode.SOLID, shading, a, b, scale * Math.min(ar, br));
    if (casts && rgb >= 0) {
      limbShadow(shading, ar, br);
    }
  }

  private void limbShadow(Shading shading, double ar, double br) {
    polygon.drop(light.toSun());
    var a = end(0, ar * scale);
    var b = end(1, br * scale);
    if (a != null && b != null) {
      raster.limb(Raster.Mode.SHADOW, shading, a, b, 0);
    }
  }

  private Raster.End end(int i, double radius) {
    double distance = view.depth(polygon.x[i], polygon.y[i], polygon.z[i]);
    if (distance < Polygon.NEAR) {
      return null;
    }
    double near = 1 / distance;
    return new Raster.End(
        view.centreX + view.focal * view.right(polygon.x[i], polygon.y[i]) * near,
        view.centreY - view.focal * view.up(polygon.x[i], polygon.y[i], polygon.z[i]) * near,
        Math.max(THINNEST, view.focal * radius * near),
        near);
  }

  /** A body of rings around an upright axis, from below: x, y, z, half x and half y of each. */
  public void loft(int rgb, int sides, double[]... rings) {
    for (int side = 0; side < sides; side++) {
      double from = 2 * Math.PI * side / sides;
      double to = 2 * Math.PI * (side + 1) / sides;
      double c0 = StrictMath.cos(from);
      double s0 = StrictMath.sin(from);
      double c1 = StrictMath.cos(to);
      double s1 = StrictMath.sin(to);
      for (int i = 0; i + 1 < rings.length; i++) {
        band(rgb, rings[i], rings[i + 1], c0, s0, c1, s1);
      }
    }
  }

  private void band(
      int rgb, double[] low, double[] high, double c0, double s0, double c1, double s1) {
    face(
        rgb,
        at(low[0] + low[3] * c0, low[1] + low[4] * s0, low[2]),
        at(low[0] + low[3] * c1, low[1] + low[4] * s1, low[2]),
        at(high[0] + high[3] * c1, high[1] + high[4] * s1, high[2]),
        at(high[0] + high[3] * c0, high[1] + high[4] * s0, high[2]));
  }

  /** The five upper faces of a box. */
  public void box(int rgb, double x0, double y0, double z0, double x1, double y1, double z1) {
    face(rgb, at(x0, y0, z0), at(x1, y0, z0), at(x1, y0, z1), at(x0, y0, z1));
    face(rgb, at(x0, y1, z0), at(x1, y1, z0), at(x1, y1, z1), at(x0, y1, z1));
    face(rgb, at(x0, y0, z0), at(x0, y1, z0), at(x0, y1, z1), at(x0, y0, z1));
    face(rgb, at(x1, y0, z0), at(x1, y1, z0), at(x1, y1, z1), at(x1, y0, z1));
    face(rgb, at(x0, y0, z1), at(x1, y0, z1), at(x1, y1, z1), at(x0, y1, z1));
  }

  /** Makes a lamp outshine its surroundings. */
  public void glow(int rgb, double x, double y, double z, double metres) {
    set(0, x, y, z);
    var end = end(0, metres * scale);
    if (end != null) {
      glows.add(new Glow(end.u(), end.v(), end.radius(), end.nearness(), rgb));
    }
  }

  /** How much a direction of the figure's own points to the camera: -1 to 1, on the ground. */
  public double towardsCamera(double x, double y) {
    double dx = view.x - placeX;
    double dy = view.y - placeY;
    double along = (cos * x - sin * y) * dx + (sin * x + cos * y) * dy;
    return along / Math.sqrt(dx * dx + dy * dy + 1e-9);
  }

  private void set(int i, double x, double y, double z) {
    polygon.x[i] = placeX + scale * (cos * x - sin * y);
    polygon.y[i] = placeY + scale * (sin * x + cos * y);
    polygon.z[i] = scale * z;
  }
}
