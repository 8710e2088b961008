package io.vigil.model.train;

import java.io.IOException;
import java.util.List;

/**
 * Pictures to learn from.
 *
 * @param classes names in the order of their indexes
 * @param pictures with their objects
 */
public record TrainingData(List<String> classes, List<Picture> pictures) {

  /**
   * A picture of which the objects are known.
   *
   * @param name for messages, such as its path
   * @param width pixels, as stored
   * @param height pixels, as stored
   * @param objects in its pixels
   * @param source reads it
   */
  public record Picture(String name, int width, int height, List<TruthBox> objects, Source source) {

    public Picture {
      objects = List.copyOf(objects);
    }
  }

  /** Where a picture's pixels come from; called by several threads. */
  @FunctionalInterface
  public interface Source {
    /**
     * @throws IOException whose message names the picture, the rule and the way out
     */
    RgbPicture read() throws IOException;
  }

  public TrainingData {
    classes = List.copyOf(classes);
    pictures = List.copyOf(pictures);
  }
}
