package io.vigil.pipeline.train;

import io.vigil.connectors.video.decode.StillPicture;
import io.vigil.model.train.RgbPicture;
import io.vigil.model.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;

/** A picture on disk, whose EXIF data is looked at the first time that it is read. */
final class PictureFile implements TrainingData.Source {
  private final Path path;
  private volatile boolean upright;

  PictureFile(Path path) {
    this.path = path;
  }

  /** Its orientation leaves open of which picture the boxes are, the stored or the shown one. */
  static final class TurnedException extends IOException {
    private static final long serialVersionUID = 1L;

    TurnedException(Path path) {
      super(
          path
              + ": has an orientation in EXIF data, which is not applied, and its size does not tell whether its boxes are of the turned one: if they are, turn the picture itself, else take the orientation out");
    }
  }

  @Override
  public RgbPicture read() throws IOException {
    var picture = StillPicture.read(path);
    if (!upright && StillPicture.isTurnedUnseen(path)) {
      throw new TurnedException(path);
    }
    upright = true;
    return new RgbPicture(picture.width(), picture.height(), picture.rgb());
  }
}
