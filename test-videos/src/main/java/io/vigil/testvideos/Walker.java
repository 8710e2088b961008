package io.vigil.testvideos;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * A person who walks, from the side; about 100 high.
 *
 * @param skin of head and hands
 */
record Walker(Color skin, Color hair, Color coat, Color trousers) implements Actor.Figure {

  private static final double STRIDE = 46;
  private static final double SWING = 0.48;

  @Override
  public void draw(Graphics2D graphics, double travelled) {
    double phase = 2 * Math.PI * travelled / (2 * STRIDE);
    double swing = SWING * Math.sin(phase);
    double bob = -1.5 * Math.abs(Math.cos(phase));
    graphics.translate(0, bob);
    arm(graphics, swing, coat.darker());
    leg(graphics, -swing, Math.max(0, Math.cos(phase)), trousers.darker());
    leg(graphics, swing, Math.max(0, -Math.cos(phase)), trousers);
    torso(graphics);
    arm(graphics, -swing, coat);
    head(graphics);
  }

  private void leg(Graphics2D graphics, double angle, double bend, Color colour) {
    double kneeX = 22 * Math.sin(angle);
    double kneeY = -46 + 22 * Math.cos(angle);
    double lower = angle - 0.7 * bend;
    double footX = kneeX + 22 * Math.sin(lower);
    double footY = kneeY + 22 * Math.cos(lower);
    limb(graphics, 9, colour, 0, -46, kneeX, kneeY, footX, footY);
    limb(
        graphics,
        6,
        new Color(40, 34, 32),
        footX - 1,
        footY + 1,
        footX + 3,
        footY + 1,
        footX + 8,
        footY + 1);
  }

  private void arm(Graphics2D graphics, double angle, Color colour) {
    double elbowX = 16 * Math.sin(angle);
    double elbowY = -78 + 16 * Math.cos(angle);
    double handX = elbowX + 15 * Math.sin(angle + 0.35);
    double handY = elbowY + 15 * Math.cos(angle + 0.35);
    limb(graphics, 7, colour, 0, -78, elbowX, elbowY, handX, handY);
    graphics.setPaint(skin);
    graphics.fill(new Ellipse2D.Double(handX - 3, handY - 3, 7, 7));
  }

  private void torso(Graphics2D graphics) {
    var torso = new Path2D.Double();
    torso.moveTo(-9, -80);
    torso.quadTo(0, -87, 9, -80);
    torso.lineTo(10, -56);
    torso.lineTo(9, -42);
    torso.lineTo(-9, -42);
    torso.lineTo(-10, -56);
    torso.closePath();
    graphics.setPaint(coat);
    graphics.fill(torso);
  }

  private void head(Graphics2D graphics) {
    graphics.setPaint(skin);
    graphics.fill(new Ellipse2D.Double(-3, -89, 7, 9));
    graphics.fill(new Ellipse2D.Double(-7, -102, 15, 18));
    graphics.setPaint(hair);
    graphics.fill(new Arc2D.Double(-8, -103, 16, 18, 50, 190, Arc2D.CHORD));
  }

  static void limb(Graphics2D graphics, float width, Color colour, double... points) {
    var path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    graphics.setPaint(colour);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }
}
