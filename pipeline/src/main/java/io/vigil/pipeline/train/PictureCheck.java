package io.vigil.pipeline.train;

import io.vigil.model.train.TrainingData;
import java.io.IOException;
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
        wrong.ifPresent(
            how ->
                problems.add(
                    "a picture has another size than the annotations say",
                    picture.name() + " " + how));
      } catch (PictureFile.TurnedException turned) {
        problems.add("a picture may be turned against its boxes", turned.getMessage());
      } catch (IOException unreadable) {
        problems.add("a picture cannot be read", unreadable.getMessage());
      }
      progress.accept(++done);
    }
  }
}
