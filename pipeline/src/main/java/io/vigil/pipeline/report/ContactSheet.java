package io.vigil.pipeline.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;

/** A picture of some frames of a stream with their detections, under a title. */
final class ContactSheet implements FrameSink {
  /** Frames of a sheet. */
  static final int TILES = 9;

  private static final int COLUMNS = 3;
  private static final int LONGEST_SIDE = 480;
  private static final int GAP = 14;
  private static final int CAPTION = 30;
  private static final int NARROWEST = 620;
  private static final Color BACKGROUND = new Color(0x15, 0x19, 0x1f);
  private static final Color TITLE = new Color(0xf2, 0xf4, 0xf7);
  private static final Color TEXT = new Color(0xa6, 0xb0, 0xbd);
  private static final Color WARNING = new Color(0xff, 0xb0, 0x3a);

  private final Set<Long> seqs;
  private final Lettering lettering;
  private final BoxPainter painter;
  private final List<Tile> tiles = new ArrayList<>();

  private record Tile(BufferedImage picture, String caption) {}

  /**
   * What stands above the frames.
   *
   * @param notice what to know before believing the boxes; may be empty
   */
  record Heading(String title, String facts, String notice) {}

  ContactSheet(List<Long> seqs, Lettering lettering, BoxPainter painter) {
    this.seqs = Set.copyOf(seqs);
    this.lettering = lettering;
    this.painter = painter;
  }

  @Override
  public boolean wants(long seq, boolean detected) {
    return seqs.contains(seq);
  }

  @Override
  public void frame(Frame frame) {
    var source = frame.picture();
    double scale = (double) LONGEST_SIDE / Math.max(source.getWidth(), source.getHeight());
    int width = (int) Math.max(1, Math.round(source.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(source.getHeight() * scale));
    var picture = Pictures.scaled(source, width, height);
    var graphics = picture.createGraphics();
    painter.paint(graphics, frame.detections(), width, height, scale);
    graphics.dispose();
    int count = frame.detections().size();
    var caption =
        Numbers.clock(frame.seconds())
            + "   "
            + (count == 0 ? "nothing" : count == 1 ? "1 object" : count + " objects");
    tiles.add(new Tile(picture, caption));
  }

  /**
   * @return the file; empty if no frame came
   */
  Optional<Path> write(Path target, Heading heading) {
    if (tiles.isEmpty()) {
      return Optional.empty();
    }
    try (var file = OutputFile.at(target)) {
      try {
        ImageIO.write(draw(heading), "png", file.temporary().toFile());
        return Optional.of(file.commit());
      } catch (IOException e) {
        throw file.failed(e);
      }
    }
  }

  private BufferedImage draw(Heading heading) {
    int columns = Math.min(COLUMNS, tiles.size());
    int rows = (tiles.size() + columns - 1) / columns;
    int tileWidth = tiles.stream().mapToInt(tile -> tile.picture.getWidth()).max().orElseThrow();
    int tileHeight = tiles.stream().mapToInt(tile -> tile.picture.getHeight()).max().orElseThrow();
    int contentWidth = columns * tileWidth + (columns - 1) * GAP;
    int width = Math.max(NARROWEST, contentWidth + 2 * GAP);
    int top = heading.notice.isEmpty() ? 96 : 130;
    int height = top + rows * (tileHeight + CAPTION) + GAP / 2;
    var sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = sheet.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setPaint(BACKGROUND);
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    drawHeading(graphics, heading, width);
    int left = (width - contentWidth) / 2;
    for (int i = 0; i < tiles.size(); i++) {
      int x = left + i % columns * (tileWidth + GAP);
      int y = top + i / columns * (tileHeight + CAPTION);
      drawTile(graphics, tiles.get(i), x, y, tileWidth, tileHeight);
    }
    graphics.dispose();
    return sheet;
  }

  private void drawHeading(Graphics2D graphics, Heading heading, int width) {
    int room = width - 2 * GAP;
    graphics.setPaint(TITLE);
    lettering.draw(graphics, lettering.fitted(heading.title, 26, room), GAP, 42, 26);
    graphics.setPaint(TEXT);
    lettering.draw(graphics, lettering.fitted(heading.facts, 15, room), GAP, 72, 15);
    if (!heading.notice.isEmpty()) {
      graphics.setPaint(WARNING);
      graphics.fill(new RoundRectangle2D.Double(GAP, 88, room, 28, 8, 8));
      graphics.setPaint(BACKGROUND);
      lettering.draw(graphics, lettering.fitted(heading.notice, 14, room - 20), GAP + 10, 107, 14);
    }
  }

  private void drawTile(
      Graphics2D graphics, Tile tile, int x, int y, int tileWidth, int tileHeight) {
    int left = x + (tileWidth - tile.picture.getWidth()) / 2;
    graphics.drawImage(tile.picture, left, y, null);
    graphics.setPaint(TEXT);
    var caption = lettering.fitted(tile.caption, 14, tileWidth);
    lettering.draw(graphics, caption, x, y + tileHeight + 19, 14);
  }
}
