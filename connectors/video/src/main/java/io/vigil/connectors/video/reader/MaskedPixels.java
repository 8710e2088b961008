package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.model.detect.Letterbox;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The pixels of a model picture that masks cover: all into which a source pixel below a mask goes
 * when the picture is resized, so a little more than the polygons themselves.
 */
final class MaskedPixels {

  /**
   * Source pixels to each side that may go into a model pixel: two by the chroma of 4:2:0, which is
   * interpolated between samples two pixels apart, and one by where these lie.
   */
  private static final double REACH = 3;

  private static final double HALF_PIXEL = 0.5;

  /** Pixels next to each other in a row. */
  private record Span(int start, int length) {}

  private final Letterbox letterbox;
  private final List<Span> spans;
  private final byte[] row;

  private MaskedPixels(Letterbox letterbox, List<Span> spans, byte[] row) {
    this.letterbox = letterbox;
    this.spans = spans;
    this.row = row;
  }

  static MaskedPixels of(List<Mask> masks, Letterbox letterbox, Fill fill) {
    var covered = new boolean[letterbox.height() * letterbox.width()];
    masks.forEach(mask -> cover(mask, letterbox, covered));
    return new MaskedPixels(letterbox, spans(covered, letterbox.width()), row(letterbox, fill));
  }

  private static void cover(Mask mask, Letterbox letterbox, boolean[] covered) {
    var polygon = polygon(mask, letterbox);
    double xReach = REACH / letterbox.xScale() + HALF_PIXEL;
    double yReach = REACH / letterbox.yScale() + HALF_PIXEL;
    for (int y = 0; y < letterbox.scaledHeight(); y++) {
      for (int x = 0; x < letterbox.scaledWidth(); x++) {
        boolean touched =
            polygon.intersects(
                x + HALF_PIXEL - xReach, y + HALF_PIXEL - yReach, 2 * xReach, 2 * yReach);
        covered[y * letterbox.width() + x] |= touched;
      }
    }
  }

  /** In model pixels. */
  private static Path2D polygon(Mask mask, Letterbox letterbox) {
    var path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    for (var corner : mask.corners()) {
      double x = corner.x() * letterbox.scaledWidth();
      double y = corner.y() * letterbox.scaledHeight();
      if (path.getCurrentPoint() == null) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  private static List<Span> spans(boolean[] covered, int width) {
    var spans = new ArrayList<Span>();
    for (int start = 0; start < covered.length; start++) {
      if (covered[start]) {
        int rowEnd = (start / width + 1) * width;
        int end = start + 1;
        while (end < rowEnd && covered[end]) {
          end++;
        }
        spans.add(new Span(start, end - start));
        start = end - 1;
      }
    }
    return List.copyOf(spans);
  }

  private static byte[] row(Letterbox letterbox, Fill fill) {
    var row = new byte[3 * letterbox.width()];
    for (int i = 0; i < row.length; i += 3) {
      row[i] = (byte) fill.red();
      row[i + 1] = (byte) fill.green();
      row[i + 2] = (byte) fill.blue();
    }
    return row;
  }

  Letterbox letterbox() {
    return letterbox;
  }

  /**
   * @param rgb uint8 [letterbox.height, letterbox.width, 3], written to
   */
  void fill(byte[] rgb) {
    for (var span : spans) {
      System.arraycopy(row, 0, rgb, 3 * span.start, 3 * span.length);
    }
  }
}
