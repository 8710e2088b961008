package io.vigil.model.train;

import io.vigil.model.backend.Batch;
import io.vigil.model.backend.NetworkTraining;
import io.vigil.model.backend.TrainableNetwork;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/** A network that is being trained, step by step. */
public final class Learner implements AutoCloseable {

  private final Recipe recipe;
  private final TrainableNetwork network;
  private final TrainingState state;
  private final List<ParameterSpec> trained;
  private final List<ParameterSpec> followed;

  /**
   * What a step did.
   *
   * @param loss of the batch before the step
   * @param gradientNorm of all gradients together, before they were clipped
   */
  public record Step(Loss loss, double gradientNorm) {}

  /**
   * @param state is changed by every step
   */
  public Learner(
      EfficientDetConfig config, NetworkTraining training, Recipe recipe, TrainingState state) {
    this.recipe = recipe;
    this.state = state;
    this.network = TrainableNetwork.open(config, state.weights(), training);
    this.trained = network.trained();
    this.followed = network.followed();
  }

  /**
   * Learns from a batch.
   *
   * @param targets of each picture
   * @param rate the learning rate
   * @param seed of what drop connect leaves out
   * @throws TrainingException if loss or gradients are no numbers, and the state is as before; or
   *     if the weights are none after it, and the state is lost
   */
  public Step step(Batch batch, List<Targets> targets, double rate, long seed) {
    var losses = new ArrayList<Loss>();
    var gradients =
        network.gradients(
            batch,
            seed,
            outputs -> {
              losses.add(Loss.of(recipe.loss(), outputs, targets));
              return losses.get(0).derivatives();
            });
    var loss = losses.get(0);
    requireNumber("loss", loss.total());
    var norm = descend(gradients, rate);
    follow();
    if (!state.finite()) {
      throw new NoNumberException(
          "The weights after step %d are no numbers.".formatted(state.steps()));
    }
    state.average(recipe.average());
    return new Step(loss, norm);
  }

  private void requireNumber(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new NoNumberException("The %s of step %d is %s.".formatted(what, state.steps(), value));
    }
  }

  /** Looks at the gradients before anything moves. */
  private double descend(List<float[]> gradients, double rate) {
    requireNumber("sum of the gradients", sum(gradients));
    var parts = new ArrayList<Descent.Part>();
    for (var i = 0; i < gradients.size(); i++) {
      parts.add(state.part(trained.get(i), gradients.get(i), recipe.descent()));
    }
    var norm = recipe.descent().step(parts, rate, state.steps());
    parts.forEach(part -> network.set(part.spec().name(), part.weights()));
    return norm;
  }

  private static double sum(List<float[]> gradients) {
    var sum = 0.0;
    for (var gradient : gradients) {
      for (var value : gradient) {
        sum += value;
      }
    }
    return sum;
  }

  private void follow() {
    followed.forEach(spec -> state.follow(spec.name(), network.values(spec.name())));
  }

  @Override
  public void close() {
    network.close();
  }
}
