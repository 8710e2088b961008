package io.vigil.model.graph;

import static io.vigil.model.config.EfficientDetConfig.ANCHORS_PER_PLACE;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.graph.Ops.Bias;
import java.util.List;

/** The whole network, written once; an {@link Ops} decides what comes of it. */
public final class EfficientDet {
  private EfficientDet() {}

  /**
   * What the network computes, each list by level from the lowest.
   *
   * @param features C3, C4 and C5 of the backbone
   * @param pyramid P3 up to the highest level, after the last cell
   * @param classLogits [N, anchors * classes, H, W]; channel anchor * classes + class
   * @param boxes [N, anchors * 4, H, W]; channel anchor * 4 + (ty, tx, th, tw)
   */
  public record Outputs<T>(List<T> features, List<T> pyramid, List<T> classLogits, List<T> boxes) {}

  /**
   * @param image normalised, [N, 3, H, W], H and W multiples of {@code config.sizeMultiple()}
   */
  public static <T> Outputs<T> read(Ops<T> ops, EfficientDetConfig config, T image) {
    var features = new EfficientNet<>(ops, config).features(image);
    var pyramid = new BiFpn<>(ops, config).pyramid(features);
    var classes = new Head<>("class", ops, config);
    var boxes = new Head<>("box", ops, config);
    return new Outputs<>(
        features,
        pyramid,
        classes.predict(pyramid, ANCHORS_PER_PLACE * config.classes(), Bias.RARE),
        boxes.predict(pyramid, ANCHORS_PER_PLACE * 4, Bias.ZERO));
  }
}
