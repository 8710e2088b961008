package io.vigil.pipeline.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

/**
 * Text from outlines of its own, so that pictures look the same everywhere and a machine without
 * fonts (a small container) can draw them. Letters beyond Western European ones come from the
 * machine's fonts, or become a question mark.
 */
final class Lettering {
  /** Units of the outlines in an em. */
  private static final double EM = 2048;

  private static final String OUTLINES = "lettering.txt";

  private final Map<Integer, Letter> letters = new HashMap<>();

  /** In outline units, from the origin on the baseline, y downwards. */
  private record Letter(double advance, Shape outline) {}

  static Lettering load() {
    var lettering = new Lettering();
    try (var in = Lettering.class.getResourceAsStream(OUTLINES);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(lettering::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lettering;
  }

  /** Code point in hex, advance, then moves (M), lines (L), quadratic curves (Q) and closes (Z). */
  private void read(String line) {
    try (var in = new Scanner(line)) {
      int codePoint = in.nextInt(16);
      int advance = in.nextInt();
      var outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
      while (in.hasNext()) {
        switch (in.next()) {
          case "M" -> outline.moveTo(in.nextInt(), in.nextInt());
          case "L" -> outline.lineTo(in.nextInt(), in.nextInt());
          case "Q" -> outline.quadTo(in.nextInt(), in.nextInt(), in.nextInt(), in.nextInt());
          default -> outline.closePath();
        }
      }
      letters.put(codePoint, new Letter(advance, outline));
    }
  }

  /**
   * @param size of an em in pixels
   */
  double width(String text, double size) {
    return plain(text).codePoints().mapToDouble(c -> letter(c).advance).sum() * size / EM;
  }

  /** Fills the text with the graphics' paint, from (x, baseline) on. */
  void draw(Graphics2D graphics, String text, double x, double baseline, double size) {
    var place = AffineTransform.getTranslateInstance(x, baseline);
    place.scale(size / EM, size / EM);
    plain(text)
        .codePoints()
        .mapToObj(this::letter)
        .forEach(
            letter -> {
              graphics.fill(place.createTransformedShape(letter.outline));
              place.translate(letter.advance, 0);
            });
  }

  /** Cuts the text, with an ellipsis, to a width. */
  String fitted(String text, double size, double width) {
    if (width(text, size) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", size) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private Letter letter(int codePoint) {
    return letters.computeIfAbsent(codePoint, this::ofTheMachine);
  }

  private Letter ofTheMachine(int codePoint) {
    try {
      var font = new Font(Font.SANS_SERIF, Font.BOLD, (int) EM);
      if (font.canDisplay(codePoint)) {
        var context = new FontRenderContext(null, true, true);
        var glyphs = font.createGlyphVector(context, Character.toString(codePoint));
        return new Letter(glyphs.getGlyphMetrics(0).getAdvanceX(), glyphs.getOutline());
      }
    } catch (RuntimeException | LinkageError | InternalError e) {
      // a machine without fonts says so in any of these ways
    }
    return letters.get((int) '?');
  }
}
