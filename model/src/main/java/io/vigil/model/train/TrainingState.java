package io.vigil.model.train;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.NamedTensors;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that training has come to: weights, what the optimizer keeps of them, the moving average and
 * the number of steps. What is random is drawn from the seed and the step, so nothing else decides
 * how it goes on.
 */
public final class TrainingState {
  private static final String WEIGHT = "weight/";

  /** What descents keep of a tensor, and stands before its name. */
  private static final List<String> MEMORIES =
      Stream.of(Sgd.official(), AdamW.usual())
          .flatMap(descent -> descent.memories().stream())
          .toList();

  private static final String AVERAGE = "average/";

  private final List<ParameterSpec> specs;
  private final Map<String, float[]> weights = new HashMap<>();
  private final Map<String, float[]> memories = new TreeMap<>();
  private final Map<String, float[]> averages = new HashMap<>();
  private long steps;

  private TrainingState(EfficientDetConfig config, long steps) {
    this.specs = ShapeReading.of(config).parameters();
    this.steps = steps;
  }

  /** Before the first step. */
  public static TrainingState start(EfficientDetConfig config, Weights initial) {
    var state = new TrainingState(config, 0);
    for (var spec : state.specs) {
      var values = initial.tensor(spec.name()).values();
      state.weights.put(spec.name(), values.clone());
      state.averages.put(spec.name(), values.clone());
    }
    return state;
  }

  /**
   * @param tensors as {@link #tensors()} gives them
   */
  public static TrainingState of(
      EfficientDetConfig config, Map<String, Tensor> tensors, long steps) {
    var state = new TrainingState(config, steps);
    for (var spec : state.specs) {
      state.weights.put(spec.name(), values(tensors, WEIGHT + spec.name(), spec));
      state.averages.put(spec.name(), values(tensors, AVERAGE + spec.name(), spec));
      for (var memory : MEMORIES) {
        var name = memory + "/" + spec.name();
        if (tensors.containsKey(name)) {
          state.memories.put(name, values(tensors, name, spec));
        }
      }
    }
    return state;
  }

  private static float[] values(Map<String, Tensor> tensors, String name, ParameterSpec spec) {
    var tensor = tensors.get(name);
    if (tensor == null || !Arrays.equals(tensor.shape(), spec.shape())) {
      throw new TrainingException(
          "The checkpoint's tensor %s is %s, but the network's has the shape %s: it is of another network."
              .formatted(
                  name,
                  tensor == null ? "missing" : Arrays.toString(tensor.shape()),
                  Arrays.toString(spec.shape())));
    }
    return tensor.values().clone();
  }

  /** Everything, by names that tell what it is. */
  public SortedMap<String, Tensor> tensors() {
    var tensors = new TreeMap<String, Tensor>();
    for (var spec : specs) {
      tensors.put(WEIGHT + spec.name(), new Tensor(spec.shape(), weights.get(spec.name())));
      tensors.put(AVERAGE + spec.name(), new Tensor(spec.shape(), averages.get(spec.name())));
      for (var memory : MEMORIES) {
        var name = memory + "/" + spec.name();
        if (memories.containsKey(name)) {
          tensors.put(name, new Tensor(spec.shape(), memories.get(name)));
        }
      }
    }
    return tensors;
  }

  /** Whether all weights are numbers. */
  boolean finite() {
    var sum = 0.0;
    for (var values : weights.values()) {
      for (var value : values) {
        sum += value;
      }
    }
    return Double.isFinite(sum);
  }

  /** Steps done. */
  public long steps() {
    return steps;
  }

  /** What the next step starts from. */
  public Weights weights() {
    return named(weights);
  }

  /** What detects. */
  public Weights averages() {
    return named(averages);
  }

  private Weights named(Map<String, float[]> values) {
    var tensors = new HashMap<String, Tensor>();
    specs.forEach(
        spec -> tensors.put(spec.name(), new Tensor(spec.shape(), values.get(spec.name()))));
    return new NamedTensors(tensors);
  }

  /** A tensor for a descent to move. */
  Descent.Part part(ParameterSpec spec, float[] gradient, Descent descent) {
    var memory =
        descent.memories().stream()
            .map(kept -> memories.computeIfAbsent(kept + "/" + spec.name(), n -> zeros(gradient)))
            .toList();
    return new Descent.Part(spec, weights.get(spec.name()), gradient, memory);
  }

  private static float[] zeros(float[] like) {
    return new float[like.length];
  }

  void follow(String name, float[] values) {
    weights.put(name, values);
  }

  /** Ends a step. */
  void average(MovingAverage average) {
    weights.forEach((name, values) -> average.update(averages.get(name), values, steps));
    steps++;
  }
}
