package io.vigil.pipeline.report;

import io.vigil.connectors.video.decode.TimeBase;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The video with its detections drawn on it, as MP4. Frames keep their distances in time; the first
 * is at 0. A video that changes its size is fitted into the size of its first frame.
 */
final class AnnotatedVideo implements FrameSink, AutoCloseable {
  private final OutputFile file;
  private final BoxPainter painter;
  private final TimeBase timeBase;
  private final double framesPerSecond;
  private final long firstSeq;
  private Mp4Writer writer;
  private BufferedImage canvas;
  private long firstPts;

  /**
   * @param framesPerSecond on average; 0 if not known
   * @param firstSeq frames before it are left out
   */
  AnnotatedVideo(
      Path target, BoxPainter painter, TimeBase timeBase, double framesPerSecond, long firstSeq) {
    this.file = OutputFile.at(target);
    this.painter = painter;
    this.timeBase = timeBase;
    this.framesPerSecond = framesPerSecond;
    this.firstSeq = firstSeq;
  }

  @Override
  public boolean wants(long seq, boolean detected) {
    return seq >= firstSeq;
  }

  @Override
  public void frame(Frame frame) {
    try {
      if (writer == null) {
        start(frame);
      }
      draw(frame);
      writer.write(canvas, frame.pts() - firstPts);
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  private void start(Frame frame) throws IOException {
    int width = even(frame.picture().getWidth());
    int height = even(frame.picture().getHeight());
    canvas = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    firstPts = frame.pts();
    writer = Mp4Writer.open(file.temporary(), width, height, timeBase, framesPerSecond);
  }

  /** Encoders of 4:2:0 take even sides only. */
  private static int even(int side) {
    return side + side % 2;
  }

  private void draw(Frame frame) {
    var picture = frame.picture();
    double scale =
        Math.min(
            (double) canvas.getWidth() / picture.getWidth(),
            (double) canvas.getHeight() / picture.getHeight());
    boolean fits =
        even(picture.getWidth()) == canvas.getWidth()
            && even(picture.getHeight()) == canvas.getHeight();
    var graphics = canvas.createGraphics();
    if (fits) {
      drawToTheEdge(graphics, picture);
    } else {
      drawFitted(graphics, picture, scale);
    }
    painter.paint(
        graphics, frame.detections(), canvas.getWidth(), canvas.getHeight(), fits ? 1 : scale);
    graphics.dispose();
  }

  /** Where the canvas is a pixel larger, the last row and column are there twice. */
  private void drawToTheEdge(Graphics2D graphics, BufferedImage picture) {
    int right = canvas.getWidth() - picture.getWidth();
    int bottom = canvas.getHeight() - picture.getHeight();
    if (right + bottom > 0) {
      graphics.drawImage(picture, right, bottom, null);
    }
    graphics.drawImage(picture, 0, 0, null);
  }

  private void drawFitted(Graphics2D graphics, BufferedImage picture, double scale) {
    graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    int width = (int) Math.round(picture.getWidth() * scale);
    int height = (int) Math.round(picture.getHeight() * scale);
    graphics.drawImage(picture, 0, 0, width, height, null);
  }

  /**
   * @return the file; empty if there was no frame
   */
  Optional<Path> finish() {
    if (writer == null) {
      return Optional.empty();
    }
    try {
      writer.finish();
      return Optional.of(file.commit());
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
    file.close();
  }
}
