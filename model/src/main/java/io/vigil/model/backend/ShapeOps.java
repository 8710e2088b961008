package io.vigil.model.backend;

import io.vigil.model.config.Activation;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.graph.Ops;
import io.vigil.model.graph.Parameters;
import io.vigil.model.graph.Window;
import io.vigil.model.weights.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes nothing but shapes, and notes every parameter and every layer that it meets. */
final class ShapeOps implements Ops<Shape> {

  private final Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
  private final List<Layer> layers = new ArrayList<>();

  List<ParameterSpec> parameters() {
    return List.copyOf(parameters.values());
  }

  List<Layer> layers() {
    return List.copyOf(layers);
  }

  @Override
  public int channels(Shape x) {
    return x.channels();
  }

  @Override
  public Shape conv(String name, Shape x, int outputs, Window window, Bias bias) {
    var specs = new ArrayList<ParameterSpec>();
    specs.add(Parameters.kernel(name, outputs, x.channels(), window.kernel()));
    if (bias != Bias.NONE) {
      specs.add(Parameters.bias(name, outputs, bias));
    }
    return convolved(name, x.strided(window.stride()).withChannels(outputs), specs);
  }

  @Override
  public Shape depthwise(String name, Shape x, Window window) {
    var spec = Parameters.depthwiseKernel(name, x.channels(), window.kernel());
    return convolved(name, x.strided(window.stride()), List.of(spec));
  }

  @Override
  public Shape batchNorm(String name, Shape x, double epsilon) {
    layers.add(new Layer(name, x, require(Parameters.batchNorm(name, x.channels())), 0));
    return x;
  }

  @Override
  public Shape activate(Shape x, Activation activation) {
    return x;
  }

  @Override
  public Shape sigmoid(Shape x) {
    return x;
  }

  @Override
  public Shape add(Shape a, Shape b) {
    return same(a, b);
  }

  @Override
  public Shape scale(Shape x, Shape factors) {
    same(new Shape(x.channels(), 1, 1), factors);
    return x;
  }

  @Override
  public Shape fuse(String name, List<Shape> inputs, double epsilon) {
    var output = inputs.stream().reduce(ShapeOps::same).orElseThrow();
    var spec = Parameters.fusionWeights(name, inputs.size());
    layers.add(new Layer(name, output, require(List.of(spec)), 0));
    return output;
  }

  @Override
  public Shape maxPool(Shape x, Padding padding, PoolPadding border) {
    return x.strided(2);
  }

  @Override
  public Shape upsample(Shape x, Shape like) {
    return like.withChannels(x.channels());
  }

  @Override
  public Shape globalMean(Shape x) {
    return new Shape(x.channels(), 1, 1);
  }

  private Shape convolved(String name, Shape output, List<ParameterSpec> specs) {
    // Every element of the kernel is multiplied once at each place.
    var multiplyAdds = elements(specs.get(0)) * output.places();
    layers.add(new Layer(name, output, require(specs), multiplyAdds));
    return output;
  }

  /** How many trained elements are new. */
  private long require(List<ParameterSpec> specs) {
    var added = 0L;
    for (var spec : specs) {
      var known = parameters.putIfAbsent(spec.name(), spec);
      if (known == null && spec.role().trained()) {
        added += elements(spec);
      } else if (known != null && !Arrays.equals(known.shape(), spec.shape())) {
        throw new IllegalStateException(
            "Parameter %s is asked for as %s and as %s."
                .formatted(
                    spec.name(), Arrays.toString(known.shape()), Arrays.toString(spec.shape())));
      }
    }
    return added;
  }

  private static long elements(ParameterSpec spec) {
    return Arrays.stream(spec.shape()).asLongStream().reduce(1, (a, b) -> a * b);
  }

  private static Shape same(Shape a, Shape b) {
    if (!a.equals(b)) {
      throw new IllegalStateException("Shapes %s and %s do not fit together.".formatted(a, b));
    }
    return a;
  }
}
