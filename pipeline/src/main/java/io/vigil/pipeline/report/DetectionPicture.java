package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent.DetectedObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** One picture with its detections on it. */
public final class DetectionPicture {

  private DetectionPicture() {}

  /**
   * Draws on the picture and writes it as PNG or JPEG, by the file's ending.
   *
   * @param picture as displayed; drawn on
   * @param detections in its pixels
   * @throws ReportException if it cannot be written
   */
  public static void write(BufferedImage picture, List<DetectedObject> detections, Path file) {
    var graphics = picture.createGraphics();
    new BoxPainter(Lettering.load())
        .paint(graphics, detections, picture.getWidth(), picture.getHeight(), 1);
    graphics.dispose();
    var format =
        file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".png") ? "png" : "jpg";
    // Given a file, ImageIO would print a stack trace where it cannot be opened.
    try (var out = Files.newOutputStream(file)) {
      if (!ImageIO.write(picture, format, out)) {
        throw new IOException("no writer of " + format);
      }
    } catch (NoSuchFileException e) {
      throw new ReportException(file + ": cannot be written (its folder is not there)", e);
    } catch (IOException e) {
      throw new ReportException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }
}
