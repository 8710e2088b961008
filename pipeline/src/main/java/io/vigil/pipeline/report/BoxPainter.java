package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent.DetectedObject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws detections onto a picture: boxes with their class and score, the best on top. */
final class BoxPainter {
  private static final double GOLDEN_ANGLE = 0.618033988749895;
  private static final Color SHADOW = new Color(0, 0, 0, 110);

  private final Lettering lettering;

  BoxPainter(Lettering lettering) {
    this.lettering = lettering;
  }

  /**
   * @param graphics of the picture, in its pixels
   * @param width of the picture
   * @param height of the picture
   * @param scale picture pixels a source pixel
   */
  void paint(
      Graphics2D graphics, List<DetectedObject> detections, int width, int height, double scale) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    var sizes = Sizes.of(width, height);
    detections.stream()
        .sorted(Comparator.comparingDouble(DetectedObject::score))
        .forEach(detection -> paint(graphics, detection, width, height, scale, sizes));
  }

  private void paint(
      Graphics2D graphics,
      DetectedObject detection,
      int width,
      int height,
      double scale,
      Sizes sizes) {
    var box = outline(detection, width, height, scale, sizes.line);
    graphics.setStroke(new BasicStroke((float) sizes.line + 2));
    graphics.setPaint(SHADOW);
    graphics.draw(box);
    graphics.setStroke(new BasicStroke((float) sizes.line));
    graphics.setPaint(colour(detection.classId()));
    graphics.draw(box);
    paintLabel(graphics, detection, box, width, height, sizes);
  }

  /** The line lies wholly inside the picture, on the edge for a box on the edge. */
  private static RoundRectangle2D outline(
      DetectedObject detection, int width, int height, double scale, double line) {
    double half = line / 2;
    double left = Math.max(half, Math.min(detection.x1() * scale, width - half));
    double top = Math.max(half, Math.min(detection.y1() * scale, height - half));
    double right = Math.max(left, Math.min(detection.x2() * scale, width - half));
    double bottom = Math.max(top, Math.min(detection.y2() * scale, height - half));
    return new RoundRectangle2D.Double(left, top, right - left, bottom - top, 2 * line, 2 * line);
  }

  /** Above the box; inside it where there is no room above. */
  private void paintLabel(
      Graphics2D graphics,
      DetectedObject detection,
      RoundRectangle2D box,
      int width,
      int height,
      Sizes sizes) {
    var text = String.format(Locale.ROOT, "%s %.2f", detection.className(), detection.score());
    text = lettering.fitted(text, sizes.text, width - 2 * sizes.text);
    double labelWidth = lettering.width(text, sizes.text) + sizes.text * 0.8;
    double labelHeight = sizes.text * 1.4;
    double left = box.getMinX() - sizes.line / 2;
    left = Math.max(0, Math.min(left, width - labelWidth));
    double top = box.getMinY() - sizes.line / 2 - labelHeight;
    top = top < 0 ? Math.min(box.getMinY() + sizes.line / 2, height - labelHeight) : top;
    var colour = colour(detection.classId());
    graphics.setPaint(colour);
    graphics.fill(new Rectangle2D.Double(left, top, labelWidth, labelHeight));
    graphics.setPaint(textOn(colour));
    lettering.draw(graphics, text, left + sizes.text * 0.4, top + labelHeight * 0.74, sizes.text);
  }

  /** Far apart for class ids near each other, the same in every run. */
  static Color colour(int classId) {
    float hue = (float) ((0.13 + classId * GOLDEN_ANGLE) % 1);
    return Color.getHSBColor(hue, 0.78f, 0.98f);
  }

  private static Color textOn(Color colour) {
    double luminance =
        0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
    return luminance > 125 ? new Color(0x10, 0x14, 0x18) : Color.WHITE;
  }

  /** Of lines and letters in pixels, readable on a picture of 240 lines as of 2160. */
  private record Sizes(double line, double text) {

    static Sizes of(int width, int height) {
      int side = Math.min(width, height);
      return new Sizes(Math.max(2, Math.rint(side / 240.0)), Math.max(11, side / 40.0));
    }
  }
}
