package io.vigil.testvideos;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/** A bicycle, about 84 long and 50 high, and who rides it; two actors that move together. */
final class Cycling {

  private static final double WHEEL = 17;
  private static final double PEDAL = 8;
  private static final double GEAR = 2.4;
  private static final Color DARK = new Color(34, 34, 38);

  private Cycling() {}

  static Actor.Figure bicycle(Color frame) {
    return (graphics, travelled) -> {
      wheel(graphics, -24, travelled);
      wheel(graphics, 26, travelled);
      Walker.limb(graphics, 3, frame, -24, -WHEEL, -4, -WHEEL, 18, -42, -10, -42, -4, -WHEEL);
      Walker.limb(graphics, 3, frame, -24, -WHEEL, -10, -42, -12, -47);
      Walker.limb(graphics, 3, frame, 26, -WHEEL, 18, -42, 16, -51);
      Walker.limb(graphics, 4, DARK, -18, -48, -7, -48);
      Walker.limb(graphics, 3, DARK, 14, -52, 21, -51, 24, -47);
      graphics.setPaint(DARK);
      graphics.fill(new Ellipse2D.Double(-8, -WHEEL - 4, 8, 8));
    };
  }

  private static void wheel(Graphics2D graphics, double x, double travelled) {
    graphics.setPaint(DARK);
    graphics.setStroke(new BasicStroke(2.6f));
    graphics.draw(
        new Ellipse2D.Double(x - WHEEL + 1, -2 * WHEEL + 1, 2 * WHEEL - 2, 2 * WHEEL - 2));
    graphics.setPaint(new Color(120, 122, 128));
    graphics.setStroke(new BasicStroke(0.8f));
    for (int i = 0; i < 5; i++) {
      double angle = travelled / WHEEL + i * Math.PI / 5;
      double dx = (WHEEL - 2) * Math.cos(angle);
      double dy = (WHEEL - 2) * Math.sin(angle);
      graphics.draw(new Line2D.Double(x - dx, -WHEEL - dy, x + dx, -WHEEL + dy));
    }
  }

  static Actor.Figure rider(Color skin, Color shirt, Color helmet) {
    return (graphics, travelled) -> {
      double turn = travelled / WHEEL / GEAR;
      leg(graphics, turn + Math.PI, new Color(40, 46, 70));
      leg(graphics, turn, new Color(52, 60, 92));
      Walker.limb(graphics, 12, shirt, -11, -54, 1, -78);
      Walker.limb(graphics, 6, shirt.darker(), 2, -77, 10, -64);
      Walker.limb(graphics, 5, skin, 10, -64, 19, -54);
      graphics.setPaint(skin);
      graphics.fill(new Ellipse2D.Double(1, -100, 14, 16));
      graphics.setPaint(helmet);
      graphics.fill(new Arc2D.Double(-1, -103, 18, 20, 0, 180, Arc2D.PIE));
    };
  }

  private static void leg(Graphics2D graphics, double turn, Color colour) {
    double footX = -4 + PEDAL * Math.cos(turn);
    double footY = -WHEEL + PEDAL * Math.sin(turn);
    double kneeX = (footX - 11) / 2 + 12;
    double kneeY = (footY - 52) / 2 - 2;
    Walker.limb(graphics, 8, colour, -11, -52, kneeX, kneeY, footX, footY - 2);
    Walker.limb(graphics, 5, DARK, footX - 2, footY, footX + 7, footY);
  }
}
