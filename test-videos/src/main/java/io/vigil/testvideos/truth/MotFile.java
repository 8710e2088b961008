package io.vigil.testvideos.truth;

import io.vigil.testvideos.scene.Annotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Boxes and tracks as MOT Challenge's {@code gt.txt} has them: frame from 1, track, left, top,
 * width, height, whether it is to be considered, class, visibility. Left and top count from 0, the
 * class is COCO's id, and the visibility is that within the frame times the share within it.
 */
public final class MotFile {

  private final List<String> lines = new ArrayList<>();

  /**
   * @param frame from 0
   */
  public void add(int frame, List<Annotation> visible) {
    for (var annotation : visible) {
      var box = annotation.box();
      lines.add(
          String.format(
              Locale.ROOT,
              "%d,%d,%.1f,%.1f,%.1f,%.1f,%d,%d,%.3f",
              frame + 1,
              annotation.track(),
              box.x(),
              box.y(),
              box.width(),
              box.height(),
              annotation.ignored() ? 0 : 1,
              annotation.kind().id(),
              annotation.visibility() * annotation.inside()));
    }
  }

  public void write(Path path) throws IOException {
    Files.write(path, lines);
  }
}
