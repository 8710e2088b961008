package io.vigil.testvideos;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** What stands still: sky, houses, trees, pavements and the road. 768 x 432 scene units. */
final class Backdrop {

  private static final int WIDTH = 768;
  private static final int HEIGHT = 432;
  private static final int FAR_KERB = 252;
  private static final int NEAR_KERB = 384;
  private static final int HOUSES_FOOT = 226;

  private Backdrop() {}

  static void draw(Graphics2D graphics) {
    graphics.setPaint(
        new GradientPaint(0, 0, new Color(128, 178, 222), 0, 200, new Color(222, 234, 240)));
    graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    cloud(graphics, 120, 34);
    cloud(graphics, 560, 22);
    houses(graphics);
    pavements(graphics);
    road(graphics);
    tree(graphics, 96, 238);
    tree(graphics, 402, 236);
    tree(graphics, 690, 239);
    lamp(graphics, 250);
    lamp(graphics, 560);
  }

  private static void cloud(Graphics2D graphics, double x, double y) {
    graphics.setPaint(new Color(255, 255, 255, 190));
    graphics.fill(new Ellipse2D.Double(x, y, 70, 20));
    graphics.fill(new Ellipse2D.Double(x + 18, y - 10, 42, 28));
    graphics.fill(new Ellipse2D.Double(x + 42, y - 2, 52, 20));
  }

  private static void houses(Graphics2D graphics) {
    house(graphics, -10, 132, 84, new Color(186, 120, 96), 4, 3);
    house(graphics, 122, 108, 46, new Color(214, 192, 158), 3, 4);
    house(graphics, 230, 150, 98, new Color(152, 160, 150), 5, 3);
    house(graphics, 380, 118, 62, new Color(198, 150, 112), 3, 4);
    house(graphics, 498, 138, 88, new Color(224, 208, 184), 4, 3);
    house(graphics, 636, 142, 52, new Color(170, 128, 118), 4, 4);
  }

  private static void house(
      Graphics2D graphics,
      double x,
      double width,
      double top,
      Color wall,
      int columns,
      int floors) {
    roof(graphics, x, width, top);
    graphics.setPaint(new GradientPaint(0, (float) top, wall, 0, HOUSES_FOOT, wall.darker()));
    graphics.fill(new Rectangle2D.Double(x, top, width, HOUSES_FOOT - top));
    double columnWidth = width / columns;
    double floorHeight = (HOUSES_FOOT - top) / floors;
    for (int floor = 0; floor < floors; floor++) {
      for (int column = 0; column < columns; column++) {
        double left = x + column * columnWidth + 0.22 * columnWidth;
        double upper = top + floor * floorHeight + 0.2 * floorHeight;
        boolean door = floor == floors - 1 && column == columns / 2;
        opening(graphics, left, upper, 0.56 * columnWidth, (door ? 0.8 : 0.55) * floorHeight, door);
      }
    }
  }

  private static void roof(Graphics2D graphics, double x, double width, double top) {
    var roof = new Path2D.Double();
    roof.moveTo(x - 5, top);
    roof.lineTo(x + 14, top - 22);
    roof.lineTo(x + width - 14, top - 22);
    roof.lineTo(x + width + 5, top);
    roof.closePath();
    graphics.setPaint(new Color(104, 72, 66));
    graphics.fill(roof);
  }

  private static void opening(
      Graphics2D graphics, double x, double y, double width, double height, boolean door) {
    graphics.setPaint(new Color(244, 240, 230));
    graphics.fill(new Rectangle2D.Double(x - 2, y - 2, width + 4, height + 4));
    graphics.setPaint(door ? new Color(96, 60, 44) : new Color(92, 112, 132));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
    graphics.setPaint(new Color(244, 240, 230));
    graphics.setStroke(new BasicStroke(1.5f));
    if (!door) {
      graphics.draw(new Line2D.Double(x + width / 2, y, x + width / 2, y + height));
      graphics.draw(new Line2D.Double(x, y + height / 2, x + width, y + height / 2));
    }
  }

  private static void pavements(Graphics2D graphics) {
    graphics.setPaint(new Color(176, 172, 166));
    graphics.fill(new Rectangle2D.Double(0, HOUSES_FOOT, WIDTH, FAR_KERB - HOUSES_FOOT));
    graphics.fill(new Rectangle2D.Double(0, NEAR_KERB, WIDTH, HEIGHT - NEAR_KERB));
    graphics.setPaint(new Color(156, 152, 147));
    graphics.setStroke(new BasicStroke(1));
    for (int x = -40; x < WIDTH + 80; x += 32) {
      graphics.draw(new Line2D.Double(x + 6, HOUSES_FOOT, x, FAR_KERB));
      graphics.draw(new Line2D.Double(x * 1.2, NEAR_KERB, x * 1.2 - 16, HEIGHT));
    }
    graphics.draw(new Line2D.Double(0, 408, WIDTH, 408));
  }

  private static void road(Graphics2D graphics) {
    graphics.setPaint(
        new GradientPaint(
            0, FAR_KERB, new Color(98, 98, 102), 0, NEAR_KERB, new Color(78, 78, 82)));
    graphics.fill(new Rectangle2D.Double(0, FAR_KERB, WIDTH, NEAR_KERB - FAR_KERB));
    graphics.setPaint(new Color(206, 202, 194));
    graphics.fill(new Rectangle2D.Double(0, FAR_KERB - 4, WIDTH, 5));
    graphics.fill(new Rectangle2D.Double(0, NEAR_KERB - 2, WIDTH, 6));
    graphics.setPaint(new Color(232, 230, 220));
    for (int x = 10; x < WIDTH; x += 76) {
      graphics.fill(new Rectangle2D.Double(x, 314, 42, 4));
    }
  }

  private static void tree(Graphics2D graphics, double x, double ground) {
    graphics.setPaint(new Color(94, 70, 50));
    graphics.fill(new Rectangle2D.Double(x - 4, ground - 70, 8, 70));
    graphics.setPaint(new Color(62, 108, 56));
    graphics.fill(new Ellipse2D.Double(x - 38, ground - 128, 58, 66));
    graphics.setPaint(new Color(76, 126, 64));
    graphics.fill(new Ellipse2D.Double(x - 16, ground - 142, 56, 66));
    graphics.setPaint(new Color(92, 144, 74));
    graphics.fill(new Ellipse2D.Double(x - 22, ground - 118, 50, 44));
  }

  private static void lamp(Graphics2D graphics, double x) {
    graphics.setPaint(new Color(56, 60, 64));
    graphics.fill(new Rectangle2D.Double(x - 2, 120, 4, FAR_KERB - 126));
    graphics.fill(new RoundRectangle2D.Double(x - 12, 116, 24, 8, 6, 6));
    graphics.fill(new Rectangle2D.Double(x - 4, FAR_KERB - 14, 8, 8));
  }
}
