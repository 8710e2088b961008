package io.vigil.pipeline.train;

import io.vigil.connectors.video.decode.StillPicture;
import io.vigil.model.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Reads every picture once, as training will. */
public final class PictureCheck {
  private PictureCheck() {}

  /**
   * @param problems takes what is wrong with them
   * @param progress told how many are done
   */
  public static void run(TrainingData data, DataProblems problems, IntConsumer progress) {
    var done = 0;
    for (var picture : data.pictures()) {
      try {
        var pixels = picture.source().read();
        var wrong = pixels.notOfSize(picture.width(), picture.height());
        if (wrong.isPresent()) {
          problems.add(
              "a picture has another size than the annotations say",
              picture.name() + " " + wrong.get());
        } else if (StillPicture.isTurnedUnseen(Path.of(picture.name()))) {
          problems.add(
              "a picture has an orientation in EXIF data, which is not applied, and its size does not tell whether its boxes are of the turned one: if they are, turn the picture itself, else take the orientation out",
              picture.name());
        }
      } catch (IOException unreadable) {
        problems.add("a picture cannot be read", unreadable.getMessage());
      }
      progress.accept(++done);
    }
  }
}
