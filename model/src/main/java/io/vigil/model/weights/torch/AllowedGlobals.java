package io.vigil.model.weights.torch;

import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.torch.PickledTensor.PickledStorage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The names that a state_dict's pickle may ask for, and what they become. Each is a piece of data
 * or a function of this class; none looks anything up.
 */
final class AllowedGlobals {
  private AllowedGlobals() {}

  /** A name that may be called with arguments. */
  interface Callable extends Function<Object[], Object> {}

  /** A value that training checkpoints hold beside the tensors and nothing here needs. */
  record Ignored(String name) {}

  private static final Map<String, Callable> CALLABLES =
      Map.of(
          "collections.OrderedDict", AllowedGlobals::orderedDict,
          "torch._utils._rebuild_tensor", AllowedGlobals::tensor,
          "torch._utils._rebuild_tensor_v2", AllowedGlobals::tensor,
          "torch._utils._rebuild_parameter", AllowedGlobals::parameter,
          "torch._utils._rebuild_parameter_with_state", AllowedGlobals::parameter,
          "torch.Size", arguments -> new Ignored("torch.Size"),
          "torch.device", arguments -> new Ignored("torch.device"));

  private static final Set<String> IGNORED =
      Set.of(
          "torch.float32",
          "torch.float64",
          "torch.float16",
          "torch.bfloat16",
          "torch.int64",
          "torch.int32",
          "torch.uint8",
          "torch.bool");

  /** What the global stands for; empty if it is not allowed. */
  static Optional<Object> find(String module, String name) {
    String qualified = module + "." + name;
    if (CALLABLES.containsKey(qualified)) {
      return Optional.of(CALLABLES.get(qualified));
    }
    if (IGNORED.contains(qualified)) {
      return Optional.of(new Ignored(qualified));
    }
    return module.equals("torch")
        ? ElementType.ofTorchClass(name).map(Object.class::cast)
        : Optional.empty();
  }

  private static Object orderedDict(Object[] arguments) {
    require(arguments.length == 0, "collections.OrderedDict with arguments");
    return new LinkedHashMap<Object, Object>();
  }

  /** (storage, offset, sizes, strides, requires_grad, backward_hooks [, metadata]). */
  private static Object tensor(Object[] arguments) {
    require(arguments.length >= 4, "a tensor of fewer than 4 arguments");
    require(arguments[0] instanceof PickledStorage, "a tensor without a storage");
    require(arguments[1] instanceof Number, "a tensor without an offset");
    return new PickledTensor(
        (PickledStorage) arguments[0],
        integer(arguments[1]),
        integers(arguments[2]),
        integers(arguments[3]));
  }

  /** (tensor, requires_grad, backward_hooks [, state]). */
  private static Object parameter(Object[] arguments) {
    require(
        arguments.length >= 1 && arguments[0] instanceof PickledTensor,
        "a parameter without a tensor");
    return arguments[0];
  }

  /** ("storage", type, key, location, elements), before PyTorch 1.6 with None for no view. */
  static PickledStorage storage(Object id) {
    require(id instanceof Object[], "a storage that is no tuple");
    Object[] parts = (Object[]) id;
    boolean whole = parts.length == 5 || parts.length == 6 && parts[5] == null;
    require(whole && "storage".equals(parts[0]), "a storage of an unknown form");
    require(parts[1] instanceof ElementType, "a storage without an element type");
    require(parts[2] instanceof String, "a storage without a name");
    return new PickledStorage((ElementType) parts[1], (String) parts[2], integer(parts[4]));
  }

  private static long[] integers(Object tuple) {
    require(tuple instanceof Object[], "a tensor whose sizes or strides are no tuple");
    Object[] parts = (Object[]) tuple;
    long[] values = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = integer(parts[i]);
    }
    return values;
  }

  private static long integer(Object value) {
    require(value instanceof Integer || value instanceof Long, "a size that is no 64-bit integer");
    return ((Number) value).longValue();
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new PickleRefused("holds " + problem);
    }
  }
}
