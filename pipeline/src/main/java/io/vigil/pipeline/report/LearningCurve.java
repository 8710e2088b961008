package io.vigil.pipeline.report;

import io.vigil.model.weights.WholeFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/** A picture of how training went: the loss above, accuracy below. */
public final class LearningCurve {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 640;
  private static final int LEFT = 90;
  private static final int RIGHT = 30;
  private static final int TOP = 50;
  private static final int PLOT = 230;
  private static final int GAP = 70;
  private static final int LINES = 4;
  private static final Color BACKGROUND = new Color(0x15, 0x19, 0x1f);
  private static final Color GRID = new Color(0x2a, 0x31, 0x3b);
  private static final Color TEXT = new Color(0xa6, 0xb0, 0xbd);
  private static final Color LOSS = new Color(0xff, 0xb0, 0x3a);
  private static final Color AP = new Color(0x4c, 0xc2, 0xff);
  private static final Color AP50 = new Color(0x7d, 0xe0, 0x8a);

  private final Lettering lettering = Lettering.load();
  private final List<Point> points;
  private final double epochs;

  /**
   * A moment of a run; what was not measured is NaN.
   *
   * @param loss mean of the steps before
   */
  public record Point(double epoch, double loss, double rate, double ap, double ap50) {}

  private LearningCurve(List<Point> points) {
    this.points = points;
    this.epochs = points.stream().mapToDouble(Point::epoch).max().orElse(1);
  }

  /**
   * @throws ReportException if the file cannot be written
   */
  public static void write(Path file, List<Point> points) {
    var picture = new LearningCurve(points).draw();
    try {
      WholeFile.write(file, out -> ImageIO.write(picture, "png", out));
    } catch (IOException failure) {
      throw new ReportException(
          "%s cannot be written (%s); make room, or name another folder"
              .formatted(file, failure.getMessage()),
          failure);
    }
  }

  private BufferedImage draw() {
    var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(BACKGROUND);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    var most = points.stream().mapToDouble(Point::loss).filter(Double::isFinite).max().orElse(1);
    axes(graphics, TOP, "loss", most);
    line(graphics, TOP, most, Point::loss, LOSS);
    axes(graphics, TOP + PLOT + GAP, "AP (blue) and AP50 (green) on the validation split", 1);
    line(graphics, TOP + PLOT + GAP, 1, Point::ap50, AP50);
    line(graphics, TOP + PLOT + GAP, 1, Point::ap, AP);
    graphics.dispose();
    return picture;
  }

  private void axes(Graphics2D graphics, int top, String title, double most) {
    text(graphics, title, LEFT, top - 14, 17);
    for (var i = 0; i <= LINES; i++) {
      var y = top + PLOT - i * PLOT / LINES;
      graphics.setColor(GRID);
      graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
      text(graphics, number(most * i / LINES), 14, y + 5, 14);
      var x = LEFT + i * (WIDTH - LEFT - RIGHT) / LINES;
      text(graphics, number(epochs * i / LINES), x - 14, top + PLOT + 22, 14);
    }
    text(graphics, "epoch", WIDTH - RIGHT - 150, top + PLOT + 22, 14);
  }

  private void line(
      Graphics2D graphics, int top, double most, ToDoubleFunction<Point> figure, Color color) {
    var path = new Path2D.Double();
    for (var point : points) {
      var value = figure.applyAsDouble(point);
      if (Double.isFinite(value)) {
        var x = LEFT + point.epoch() / epochs * (WIDTH - LEFT - RIGHT);
        var y = top + PLOT - value / most * PLOT;
        if (path.getCurrentPoint() == null) {
          path.moveTo(x, y);
        }
        path.lineTo(x, y);
      }
    }
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(2));
    graphics.draw(path);
  }

  private void text(Graphics2D graphics, String text, int x, int y, int size) {
    graphics.setColor(TEXT);
    lettering.draw(graphics, text, x, y, size);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value);
  }
}
