package io.vigil.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a camera of the kit shows. */
public enum Clip {
  /** H.264, 160 x 90, 48 frames. */
  H264("closed_gop_h264.mp4"),
  /** H.265, 160 x 90, 48 frames. */
  H265("closed_gop_h265.mp4"),
  /** H.264, 768 x 432, 120 frames. */
  LARGE("street.mp4");

  private final String file;

  Clip(String file) {
    this.file = file;
  }

  /** As a file in the folder, which is written unless it is there. */
  public Path in(Path folder) {
    var path = folder.resolve(file);
    try (var in = Clip.class.getResourceAsStream("clips/" + file)) {
      if (!Files.exists(path)) {
        Files.copy(in, path);
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("a clip cannot be written to " + folder, e);
    }
  }
}
