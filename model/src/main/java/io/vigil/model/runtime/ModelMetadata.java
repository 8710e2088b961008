package io.vigil.model.runtime;

import io.vigil.model.detect.AnchorLayout;
import java.util.List;

/**
 * What a model file says of itself; kept in the ONNX file's metadata.
 *
 * @param name for people, such as {@code efficientdet-d0}
 * @param level key of the compound-scaling table, such as {@code d0}
 * @param resolution longest side of a picture in pixels
 * @param sizeMultiple each side of a picture is a multiple of it: 2^maxLevel, or less for some lite
 *     models
 * @param minLevel lowest feature level, 3
 * @param maxLevel highest feature level, 7 or 8
 * @param anchorScale side of the smallest anchor of a level in strides
 * @param aspectRatios pairs (width factor, height factor) of the anchors, in order
 * @param labels the label map; a class index is a place in it
 * @param mean of red, green and blue on 0..255
 * @param std of red, green and blue on 0..255
 * @param padding of convolutions and max-pools: {@code same} or {@code symmetric}
 * @param poolPadding what surrounds a max-pool: {@code zero} or {@code -inf}
 * @param topK candidates a picture
 * @param weightsDigest SHA-256 of the weights, hex
 * @param trained whether the weights were trained; an untrained network finds nothing sensible
 * @param domain what it was trained on, such as {@code coco}
 * @param licence of the weights, SPDX where there is one
 * @param digest SHA-256 of the model file, hex; not inside it
 */
public record ModelMetadata(
    String name,
    String level,
    int resolution,
    int sizeMultiple,
    int minLevel,
    int maxLevel,
    double anchorScale,
    List<double[]> aspectRatios,
    List<Label> labels,
    double[] mean,
    double[] std,
    String padding,
    String poolPadding,
    int topK,
    String weightsDigest,
    boolean trained,
    String domain,
    String licence,
    String digest) {

  /** The anchors of the model, for a picture of any size. */
  public AnchorLayout anchorLayout() {
    return new AnchorLayout(minLevel, maxLevel, anchorScale, AnchorLayout.OCTAVES, aspectRatios);
  }

  /** A class: the id that is written to events (COCO's run from 1 to 90 with gaps) and its name. */
  public record Label(int id, String name) {}
}
