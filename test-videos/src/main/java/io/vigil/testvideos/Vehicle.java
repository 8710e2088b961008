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

/** Cars and buses, from the side. */
final class Vehicle {

  private static final Color GLASS = new Color(58, 74, 92);
  private static final Color GLEAM = new Color(150, 175, 198);
  private static final Color TYRE = new Color(28, 28, 30);
  private static final Color RIM = new Color(176, 180, 186);
  private static final Color HEADLIGHT = new Color(255, 244, 196);
  private static final Color TAILLIGHT = new Color(196, 36, 32);

  private Vehicle() {}

  /** About 150 long and 48 high. */
  static Actor.Figure car(Color colour) {
    return (graphics, travelled) -> {
      graphics.setPaint(new GradientPaint(0, -48, colour.brighter(), 0, -8, colour.darker()));
      graphics.fill(carBody());
      graphics.setPaint(GLASS);
      graphics.fill(carWindows());
      graphics.setPaint(GLEAM);
      graphics.setStroke(new BasicStroke(1.5f));
      graphics.draw(new Line2D.Double(-28, -41, -36, -30));
      graphics.draw(new Line2D.Double(20, -41, 12, -30));
      graphics.setPaint(colour.darker().darker());
      graphics.setStroke(new BasicStroke(1));
      graphics.draw(new Line2D.Double(-2, -29, -2, -11));
      graphics.draw(new Line2D.Double(-12, -24, -6, -24));
      lights(graphics, 70, -70, -25);
      wheel(graphics, -44, 13, travelled);
      wheel(graphics, 44, 13, travelled);
    };
  }

  private static Path2D carBody() {
    var body = new Path2D.Double();
    body.moveTo(-74, -10);
    body.lineTo(-74, -24);
    body.quadTo(-72, -31, -58, -32);
    body.curveTo(-44, -46, -34, -48, -20, -48);
    body.lineTo(12, -48);
    body.curveTo(26, -48, 34, -40, 46, -31);
    body.curveTo(64, -29, 74, -26, 75, -18);
    body.lineTo(75, -10);
    body.closePath();
    return body;
  }

  private static Path2D carWindows() {
    var windows = new Path2D.Double();
    windows.moveTo(-48, -31);
    windows.curveTo(-40, -42, -34, -44, -22, -44);
    windows.lineTo(-5, -44);
    windows.lineTo(-5, -31);
    windows.closePath();
    windows.moveTo(0, -31);
    windows.lineTo(0, -44);
    windows.lineTo(10, -44);
    windows.curveTo(20, -44, 28, -38, 36, -31);
    windows.closePath();
    return windows;
  }

  /** About 260 long and 92 high. */
  static Actor.Figure bus(Color colour) {
    return (graphics, travelled) -> {
      graphics.setPaint(new GradientPaint(0, -92, colour.brighter(), 0, -8, colour.darker()));
      graphics.fill(new RoundRectangle2D.Double(-130, -92, 260, 82, 16, 16));
      graphics.setPaint(new Color(240, 240, 236));
      graphics.fill(new Rectangle2D.Double(-130, -40, 260, 7));
      graphics.setPaint(GLASS);
      for (int i = 0; i < 6; i++) {
        graphics.fill(new RoundRectangle2D.Double(-120 + 36 * i, -80, 31, 32, 5, 5));
      }
      graphics.fill(new RoundRectangle2D.Double(98, -80, 29, 40, 6, 6));
      graphics.setPaint(colour.darker().darker());
      graphics.setStroke(new BasicStroke(1.5f));
      graphics.draw(new Rectangle2D.Double(60, -82, 32, 68));
      lights(graphics, 124, -126, -24);
      wheel(graphics, -78, 17, travelled);
      wheel(graphics, 82, 17, travelled);
    };
  }

  private static void lights(Graphics2D graphics, double front, double back, double y) {
    graphics.setPaint(HEADLIGHT);
    graphics.fill(new Ellipse2D.Double(front - 7, y - 2, 10, 6));
    graphics.setPaint(TAILLIGHT);
    graphics.fill(new Ellipse2D.Double(back - 3, y - 2, 8, 7));
  }

  private static void wheel(Graphics2D graphics, double x, double radius, double travelled) {
    graphics.setPaint(TYRE);
    graphics.fill(new Ellipse2D.Double(x - radius, -2 * radius, 2 * radius, 2 * radius));
    graphics.setPaint(RIM);
    double rim = 0.62 * radius;
    graphics.fill(new Ellipse2D.Double(x - rim, -radius - rim, 2 * rim, 2 * rim));
    graphics.setPaint(TYRE);
    graphics.setStroke(new BasicStroke(2));
    for (int i = 0; i < 5; i++) {
      double angle = travelled / radius + i * 2 * Math.PI / 5;
      double dx = 0.55 * radius * Math.cos(angle);
      double dy = 0.55 * radius * Math.sin(angle);
      graphics.draw(new Line2D.Double(x, -radius, x + dx, -radius + dy));
    }
  }
}
