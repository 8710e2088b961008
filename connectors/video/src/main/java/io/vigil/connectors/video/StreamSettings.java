package io.vigil.connectors.video;

import java.io.Serializable;
import java.util.List;

/**
 * What is asked of one stream in the place of what is asked of all. It travels with the stream's
 * frames, so a frame means the same wherever and whenever it is looked at.
 *
 * @param score lowest score of a detection that is kept; null for the job's
 * @param classes names of the classes that are kept; empty for the job's
 * @param masks whose pixels are never looked at: the frames that carry this have them filled
 */
public record StreamSettings(Double score, List<String> classes, List<Mask> masks)
    implements Serializable {

  /** As all. */
  public static final StreamSettings USUAL = new StreamSettings(null, List.of(), List.of());

  public StreamSettings {
    classes = List.copyOf(classes);
    masks = List.copyOf(masks);
  }

  public static StreamSettings masked(List<Mask> masks) {
    return new StreamSettings(null, List.of(), masks);
  }
}
