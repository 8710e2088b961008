package io.vigil.model.backend;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.graph.EfficientDet;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A network on DJL's PyTorch engine, for training. It computes outputs and gradients and keeps the
 * running means of batch norms; losses and updates are its callers'.
 *
 * <pre>{@code
 * try (var network = TrainableNetwork.open(config, weights, NetworkTraining.all())) {
 *   var gradients = network.gradients(batch, seed, outputs -> loss.derivatives(outputs));
 * }
 * }</pre>
 *
 * <p>Not for several threads at once.
 */
public final class TrainableNetwork implements AutoCloseable {

  private static final String ENGINE = "PyTorch";

  private final EfficientDetConfig config;
  private final NetworkTraining training;
  private final List<ParameterSpec> specs;
  private final NDManager manager;
  private final Swish swish;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  private TrainableNetwork(EfficientDetConfig config, NetworkTraining training, NDManager manager) {
    this.config = config;
    this.training = training;
    this.specs = ShapeReading.of(config).parameters();
    this.manager = manager;
    this.swish = new Swish(ENGINE, manager);
  }

  /**
   * @throws IllegalStateException if the engine's libraries are missing; the message says which
   */
  public static TrainableNetwork open(
      EfficientDetConfig config, Weights weights, NetworkTraining training) {
    var manager = engine().newBaseManager();
    try {
      var network = new TrainableNetwork(config, training, manager);
      network.specs.forEach(spec -> network.create(spec, weights.tensor(spec.name())));
      return network;
    } catch (RuntimeException failure) {
      manager.close();
      throw failure;
    }
  }

  private static Engine engine() {
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Training needs DJL's PyTorch engine, which does not start: %s. Its jars are pytorch-engine, pytorch-jni and pytorch-native-cpu for this platform."
              .formatted(e.getMessage()),
          e);
    }
  }

  private void create(ParameterSpec spec, Tensor tensor) {
    var shape = new long[spec.shape().length];
    for (var axis = 0; axis < shape.length; axis++) {
      shape[axis] = spec.shape()[axis];
    }
    var array = manager.create(tensor.values(), new Shape(shape));
    if (trained(spec)) {
      array.setRequiresGradient(true);
    }
    parameters.put(spec.name(), array);
  }

  private boolean trained(ParameterSpec spec) {
    return spec.role().trained() && training.trained().test(spec.name());
  }

  /** The tensors that gradients are computed of, in the order of their use. */
  public List<ParameterSpec> trained() {
    return specs.stream().filter(this::trained).toList();
  }

  /** The running means and variances of the batch norms that follow their batches. */
  public List<ParameterSpec> followed() {
    return specs.stream()
        .filter(spec -> !spec.role().trained() && training.normsByBatch().test(spec.name()))
        .toList();
  }

  /** A copy of a tensor's values. */
  public float[] values(String name) {
    return parameters.get(name).toFloatArray();
  }

  /** Overwrites a tensor. */
  public void set(String name, float[] values) {
    parameters.get(name).set(FloatBuffer.wrap(values));
  }

  /** What the heads say with the running means, as in production. */
  public RawMaps outputs(Batch batch) {
    try (var scope = scope()) {
      var ops = ops(NormMode.running(), ResidualDrop.none());
      return maps(EfficientDet.read(ops, config, image(scope, batch)));
    }
  }

  /**
   * Runs a batch forward and backward. Batch norms take the batch's mean and variance, and their
   * running ones follow.
   *
   * @param seed of the blocks that drop connect leaves out
   * @param derivatives from the heads' outputs to the loss's derivatives by them
   * @return the loss's derivatives by the trained tensors, in their order
   */
  public List<float[]> gradients(Batch batch, long seed, UnaryOperator<RawMaps> derivatives) {
    try (var scope = scope();
        var collector = Engine.getEngine(ENGINE).newGradientCollector()) {
      var mode = new NormMode(training.batchShare(), training.normsByBatch());
      var ops = ops(mode, ResidualDrop.of(seed));
      var outputs = EfficientDet.read(ops, config, image(scope, batch));
      var wanted = derivatives.apply(maps(outputs));
      collector.backward(product(scope, outputs, wanted));
      return collected();
    }
  }

  /** Its derivatives by the outputs are those wanted. */
  private static NDArray product(
      NDManager scope, EfficientDet.Outputs<NDArray> outputs, RawMaps wanted) {
    var terms = new ArrayList<NDArray>();
    for (var level = 0; level < outputs.boxes().size(); level++) {
      terms.add(product(scope, outputs.classLogits().get(level), wanted.classes().get(level)));
      terms.add(product(scope, outputs.boxes().get(level), wanted.boxes().get(level)));
    }
    return terms.stream().reduce(NDArray::add).orElseThrow();
  }

  private static NDArray product(NDManager scope, NDArray map, float[] wanted) {
    return map.mul(scope.create(wanted, map.getShape())).sum();
  }

  private List<float[]> collected() {
    var gradients = new ArrayList<float[]>();
    for (var spec : trained()) {
      try (var gradient = parameters.get(spec.name()).getGradient()) {
        gradients.add(gradient.toFloatArray());
        // The engine would add the next batch's.
        gradient.muli(0);
      }
    }
    return gradients;
  }

  /** What is computed of the parameters alone goes with the scope, too. */
  private NDManager scope() {
    var scope = manager.newSubManager();
    parameters.values().forEach(scope::tempAttachAll);
    return scope;
  }

  private NDArrayOps ops(NormMode norms, ResidualDrop drop) {
    return new NDArrayOps(parameters::get, norms, drop, swish::of);
  }

  private NDArray image(NDManager scope, Batch batch) {
    config.requireSize(batch.height(), batch.width());
    var shape = new Shape(batch.count(), 3, batch.height(), batch.width());
    var image = scope.create(batch.pixels(), shape);
    return switch (training.order()) {
      case CHANNELS_FIRST -> image;
      case CHANNELS_LAST -> channelsLast(image);
    };
  }

  /** All that is computed of an array keeps its order in memory. */
  private static NDArray channelsLast(NDArray x) {
    var shape = x.getShape();
    return x.transpose(0, 2, 3, 1)
        .flatten()
        .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
        .transpose(0, 3, 1, 2);
  }

  private static RawMaps maps(EfficientDet.Outputs<NDArray> outputs) {
    return new RawMaps(
        outputs.classLogits().stream().map(NDArray::toFloatArray).toList(),
        outputs.boxes().stream().map(NDArray::toFloatArray).toList());
  }

  @Override
  public void close() {
    swish.close();
    manager.close();
  }
}
