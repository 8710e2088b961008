package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent.DetectedObject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
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
    var best = Comparator.comparingDouble(DetectedObject::score).reversed();
    var boxes =
        detections.stream()
            .sorted(best)
            .map(it -> new Box(it, outline(it, width, height, scale, sizes.line)))
            .toList();
    for (int i = boxes.size() - 1; i >= 0; i--) {
      paintOutline(graphics, boxes.get(i), sizes.line);
    }
    // after all boxes, so that no line crosses them; the best ones choose their places first
    var places = new LabelPlaces(width, height, sizes.line);
    boxes.forEach(box -> paintLabel(graphics, box, width - 2 * sizes.text, places, sizes.text));
  }

  private record Box(DetectedObject detection, RoundRectangle2D outline) {
    Color colour() {
      return BoxPainter.colour(detection.classId());
    }
  }

  private static void paintOutline(Graphics2D graphics, Box box, double line) {
    graphics.setStroke(new BasicStroke((float) line + 2));
    graphics.setPaint(SHADOW);
    graphics.draw(box.outline);
    graphics.setStroke(new BasicStroke((float) line));
    graphics.setPaint(box.colour());
    graphics.draw(box.outline);
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

  private void paintLabel(
      Graphics2D graphics, Box box, double room, LabelPlaces places, double size) {
    var detection = box.detection;
    var text = String.format(Locale.ROOT, "%s %.2f", detection.className(), detection.score());
    text = lettering.fitted(text, size, room);
    double labelWidth = lettering.width(text, size) + size * 0.8;
    var label = places.next(box.outline.getBounds2D(), labelWidth, size * 1.4);
    graphics.setPaint(box.colour());
    graphics.fill(label);
    graphics.setPaint(textOn(box.colour()));
    double baseline = label.getMinY() + label.getHeight() * 0.74;
    lettering.draw(graphics, text, label.getMinX() + size * 0.4, baseline, size);
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
