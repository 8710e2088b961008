package io.vigil.model.weights.tensorflow;

import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.tensorflow.BundleIndex.Variable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A checkpoint's variables as the network has its tensors: averages in the place of what they
 * average, optimizers' state left out, kernels OIHW, and the scalars of one fusion joined.
 *
 * @param averaged whether there are averages
 * @param tensors by name
 */
record CheckpointView(boolean averaged, SortedMap<String, Part> tensors) {
  private static final String AVERAGE = "/ExponentialMovingAverage";
  private static final Pattern STATE =
      Pattern.compile(".*/(Momentum|Adam|Adam_1|RMSProp|RMSProp_1)|global_step|learning_rate");
  private static final Pattern FUSION_WEIGHT = Pattern.compile("(.*/WSM)(?:_(\\d{1,3}))?");

  /** How a tensor's values come out of the variables'. */
  private enum Layout {
    AS_IS,
    /** [height, width, inputs, outputs]. */
    HWIO,
    /** [height, width, channels, 1]. */
    HWC1,
    /** Scalars, one an input. */
    JOINED
  }

  /**
   * @param variables names in the file, in order; one, unless they are joined
   * @param shape of the network's tensor
   */
  record Part(List<String> variables, int[] shape, Layout layout) {

    /** Of the variables' values. */
    Tensor tensor(float[] stored) {
      int height = layout == Layout.HWIO || layout == Layout.HWC1 ? shape[2] : 0;
      return switch (layout) {
        case AS_IS, JOINED -> new Tensor(shape, stored);
        case HWIO -> new Tensor(shape, transposed(stored, height, shape[3], shape[1], shape[0]));
        // channels and 1 keep their order
        case HWC1 -> new Tensor(shape, planes(stored, height * shape[3], shape[0] * shape[1]));
      };
    }

    private static float[] transposed(
        float[] stored, int height, int width, int inputs, int outputs) {
      float[] values = new float[stored.length];
      int places = height * width;
      for (int i = 0; i < stored.length; i++) {
        int output = i % outputs;
        int input = i / outputs % inputs;
        int place = i / outputs / inputs;
        values[(output * inputs + input) * places + place] = stored[i];
      }
      return values;
    }

    private static float[] planes(float[] stored, int places, int channels) {
      float[] values = new float[stored.length];
      for (int i = 0; i < stored.length; i++) {
        values[i % channels * places + i / channels] = stored[i];
      }
      return values;
    }
  }

  static CheckpointView of(Map<String, Variable> variables) {
    SortedMap<String, Part> tensors = new TreeMap<>();
    SortedMap<String, SortedMap<Integer, String>> fusions = new TreeMap<>();
    SortedMap<String, String> stored = stored(variables);
    stored.forEach(
        (name, variable) -> {
          int[] shape = variables.get(variable).shape();
          var fusion = FUSION_WEIGHT.matcher(name);
          if (fusion.matches() && shape.length == 0) {
            int place = fusion.group(2) == null ? 0 : Integer.parseInt(fusion.group(2));
            fusions.computeIfAbsent(fusion.group(1), key -> new TreeMap<>()).put(place, variable);
          } else {
            tensors.put(name, part(name, variable, shape));
          }
        });
    fusions.forEach((name, scalars) -> tensors.put(name, joined(List.copyOf(scalars.values()))));
    boolean averaged = stored.values().stream().anyMatch(name -> name.endsWith(AVERAGE));
    return new CheckpointView(averaged, tensors);
  }

  /** Which variable of the file stands for a name. */
  private static SortedMap<String, String> stored(Map<String, Variable> variables) {
    SortedMap<String, String> stored = new TreeMap<>();
    for (String variable : variables.keySet()) {
      boolean average = variable.endsWith(AVERAGE);
      String name =
          average ? variable.substring(0, variable.length() - AVERAGE.length()) : variable;
      if (!STATE.matcher(name).matches() && (average || !stored.containsKey(name))) {
        stored.put(name, variable);
      }
    }
    return stored;
  }

  private static Part joined(List<String> scalars) {
    return new Part(scalars, new int[] {scalars.size()}, Layout.JOINED);
  }

  private static Part part(String name, String stored, int[] shape) {
    if (shape.length == 4 && name.endsWith("/depthwise_kernel")) {
      int[] turned = {shape[2], shape[3], shape[0], shape[1]};
      return new Part(List.of(stored), turned, Layout.HWC1);
    }
    if (shape.length == 4 && name.endsWith("kernel")) {
      int[] turned = {shape[3], shape[2], shape[0], shape[1]};
      return new Part(List.of(stored), turned, Layout.HWIO);
    }
    return new Part(List.of(stored), shape, Layout.AS_IS);
  }
}
