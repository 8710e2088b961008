package io.vigil.model.train;

import java.util.function.BooleanSupplier;

/**
 * Trains a network.
 *
 * <pre>{@code
 * var state = TrainingState.start(plan.config(), initial);
 * new Trainer(plan, data).run(state, listener, () -> false);
 * }</pre>
 *
 * @param plan of the run
 * @param data to learn from
 */
public record Trainer(TrainingPlan plan, TrainingData data) {

  /** Is told of every step, by the thread that trains. */
  @FunctionalInterface
  public interface Listener {

    /**
     * @param state after the step
     * @param rate that the step had
     */
    void stepped(TrainingState state, Learner.Step step, double rate);
  }

  public Trainer {
    if (data.pictures().isEmpty()) {
      throw new TrainingException("There are no pictures to learn from.");
    }
  }

  /**
   * Steps of the whole run.
   *
   * @throws TrainingException if it has none
   */
  public long steps() {
    return plan.steps(data.pictures().size());
  }

  /**
   * Goes on from the state to the end of the run.
   *
   * @param stopped asked before each step
   * @throws NoNumberException if the loss is no number any more; it names the step and the pictures
   * @throws TrainingException if a picture cannot be read
   */
  public void run(TrainingState state, Listener listener, BooleanSupplier stopped) {
    var pictures = data.pictures().size();
    var sampler = new Sampler(pictures, plan.batch(), plan.seed());
    var size = new BatchMaker.Size(plan.height(), plan.width());
    var maker = new BatchMaker(plan.config(), plan.recipe(), data, sampler, size);
    var rates = plan.learningRate(pictures);
    try (var batches = new Prefetch(maker, state.steps(), steps());
        var learner = new Learner(plan.config(), plan.networkTraining(), plan.recipe(), state)) {
      while (state.steps() < steps() && !stopped.getAsBoolean()) {
        var rate = rates.at((int) state.steps());
        listener.stepped(state, learn(learner, state, batches.take(), rate), rate);
      }
    }
  }

  private Learner.Step learn(
      Learner learner, TrainingState state, TrainingBatch batch, double rate) {
    try {
      return learner.step(batch.batch(), batch.targets(), rate, plan.seed() ^ state.steps());
    } catch (NoNumberException e) {
      throw new NoNumberException(
          "%s Its pictures are %s. Look at them, or start anew with a lower learning rate (--rate), from the weights of the last checkpoint (--weights) if there is one."
              .formatted(e.getMessage(), String.join(", ", batch.names())),
          e);
    }
  }
}
