package io.vigil.model.backend;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.graph.EfficientDet;
import io.vigil.model.weights.ParameterSpec;
import java.util.List;

/**
 * What a network consists of and costs, without weights.
 *
 * <pre>{@code
 * var config = EfficientDetConfig.named("d0");
 * var parameters = ShapeReading.of(config).parameters();
 * }</pre>
 *
 * @param config of the network
 * @param input one picture, [3, height, width]
 * @param outputs the shapes of all outputs for one picture
 * @param parameters every tensor that the network needs, in the order of its use
 * @param layers every application of an operation with parameters, in order
 */
public record ShapeReading(
    EfficientDetConfig config,
    Shape input,
    EfficientDet.Outputs<Shape> outputs,
    List<ParameterSpec> parameters,
    List<Layer> layers) {

  /** At the published resolution. */
  public static ShapeReading of(EfficientDetConfig config) {
    return of(config, config.resolution(), config.resolution());
  }

  /**
   * @throws IllegalArgumentException if the network cannot take pictures of that size
   */
  public static ShapeReading of(EfficientDetConfig config, int height, int width) {
    config.requireSize(height, width);
    var ops = new ShapeOps();
    var input = new Shape(3, height, width);
    var outputs = EfficientDet.read(ops, config, input);
    return new ShapeReading(config, input, outputs, ops.parameters(), ops.layers());
  }

  /** How many figures training changes. */
  public long trainedParameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }

  /** Of all convolutions, for one picture. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(Layer::multiplyAdds).sum();
  }
}
