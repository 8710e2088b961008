package io.vigil.pipeline.train;

import io.vigil.model.runtime.ModelExport;
import io.vigil.model.runtime.ModelRecipe;
import io.vigil.model.train.Checkpoint;
import io.vigil.model.train.Learner;
import io.vigil.model.train.Trainer;
import io.vigil.model.train.TrainingState;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.WeightsExport;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.pipeline.report.LearningCurve;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A run of training: steps, checkpoints, validation, and in the end the model.
 *
 * <pre>{@code
 * boolean done = TrainRun.of(settings, initial, talk).run(interrupt::requested);
 * }</pre>
 */
public final class TrainRun {
  private static final int TOP_K = 1000;

  /** An epoch is a quotient, whose last bit must not put off a validation by a step. */
  private static final double ROUNDING = 1e-9;

  private static final long ROW_EVERY_NANOS = 15_000_000_000L;

  private final TrainSettings settings;
  private final TrainingState state;
  private final Talk talk;
  private final Trainer trainer;
  private final ProgressLog log;
  private final Means means = new Means();
  private final long firstStep;
  private final long started = System.nanoTime();
  private long checkpointed = started;
  private long told = started;
  private long validations;

  /** Who is told how it goes. */
  public interface Talk {

    /** Something that happened once. */
    void tell(String line);

    /** Where it is, which replaces what was told before. */
    void progress(String line);
  }

  private TrainRun(TrainSettings settings, TrainingState state, Talk talk) {
    this.settings = settings;
    this.state = state;
    this.talk = talk;
    this.trainer = new Trainer(settings.plan(), settings.data());
    this.log = ProgressLog.open(settings.table(), state.steps());
    this.firstStep = state.steps();
    this.validations = validationsDue();
  }

  /** From the beginning. */
  public static TrainRun of(TrainSettings settings, Weights initial, Talk talk) {
    return new TrainRun(settings, TrainingState.start(settings.plan().config(), initial), talk);
  }

  /**
   * From the run's checkpoint.
   *
   * @throws io.vigil.model.train.TrainingException if there is none, or it is of another run
   */
  public static TrainRun resumed(TrainSettings settings, Talk talk) {
    var checkpoint =
        Checkpoint.read(settings.checkpoint(), settings.plan().config(), settings.told());
    talk.tell(
        "Going on from step %d of %d."
            .formatted(
                checkpoint.state().steps(),
                settings.plan().steps(settings.data().pictures().size())));
    return new TrainRun(settings, checkpoint.state(), talk);
  }

  /**
   * @param stopped asked before each step
   * @return whether the run came to its end
   */
  public boolean run(BooleanSupplier stopped) {
    trainer.run(state, this::stepped, stopped);
    checkpoint();
    if (state.steps() < trainer.steps()) {
      return false;
    }
    if (means.count > 0 || log.rows().isEmpty()) {
      row(0);
    }
    finish();
    return true;
  }

  private void stepped(TrainingState now, Learner.Step step, double rate) {
    means.add(step);
    var time = System.nanoTime();
    if (validationsDue() > validations && now.steps() < trainer.steps()) {
      row(rate);
      validations = validationsDue();
    } else if (time - told > ROW_EVERY_NANOS) {
      row(rate, Double.NaN, Double.NaN);
    }
    if (time - checkpointed > settings.checkpointEvery().toNanos()) {
      checkpoint();
    }
  }

  /** Counted from the run's first step, so that a resumed run validates where the whole one did. */
  private long validationsDue() {
    return (long) Math.floor(epoch() / settings.validateEvery() + ROUNDING);
  }

  /** With a validation, if there is something to validate on. */
  private void row(double rate) {
    model();
    var metrics = settings.validation().map(validation -> validation.measure(settings.model()));
    metrics.ifPresent(
        found ->
            talk.tell(
                "epoch %.1f: AP %.4f, AP50 %.4f".formatted(epoch(), found.ap(), found.ap50())));
    row(
        rate,
        metrics.map(found -> found.ap()).orElse(Double.NaN),
        metrics.map(found -> found.ap50()).orElse(Double.NaN));
  }

  private void row(double rate, double ap, double ap50) {
    var count = Math.max(1, means.count);
    var row =
        new ProgressLog.Row(
            state.steps(),
            epoch(),
            means.loss / count,
            means.classLoss / count,
            means.boxLoss / count,
            rate,
            ap,
            ap50);
    log.add(row);
    talk.progress(line(row));
    means.clear();
    told = System.nanoTime();
  }

  private String line(ProgressLog.Row row) {
    var seconds = (System.nanoTime() - started) / 1e9;
    var steps = state.steps() - firstStep;
    var left = (trainer.steps() - state.steps()) * seconds / Math.max(1, steps);
    return "step %d/%d  epoch %.2f  loss %.4f (class %.4f, box %.5f)  rate %.4g  %.1f images/s  %s left"
        .formatted(
            row.step(),
            trainer.steps(),
            row.epoch(),
            row.loss(),
            row.classLoss(),
            row.boxLoss(),
            row.rate(),
            steps * settings.plan().batch() / seconds,
            left < 5400 ? "%.0f min".formatted(left / 60) : "%.1f h".formatted(left / 3600));
  }

  private double epoch() {
    return (double) state.steps() * settings.plan().batch() / settings.data().pictures().size();
  }

  private void checkpoint() {
    new Checkpoint(state, settings.told()).write(settings.checkpoint());
    checkpointed = System.nanoTime();
  }

  private void model() {
    var recipe =
        ModelRecipe.untrained(settings.plan().config().name())
            .withTopK(TOP_K)
            .withLabels(settings.labels())
            .withAspectRatios(settings.plan().recipe().aspectRatios())
            .withLicence(settings.licence());
    var config = settings.plan().config();
    ModelExport.write(recipe, config, settings.domain(), state.averages(), settings.model());
    WeightsExport.write(settings.weights(), config, state.averages(), NameScheme.RWIGHTMAN, true);
  }

  private void finish() {
    LearningCurve.write(settings.curve(), points());
    talk.tell(
        "Done: %s to detect with, %s to train on from, %s, %s."
            .formatted(settings.model(), settings.weights(), settings.table(), settings.curve()));
  }

  private List<LearningCurve.Point> points() {
    return log.rows().stream()
        .map(
            row ->
                new LearningCurve.Point(row.epoch(), row.loss(), row.rate(), row.ap(), row.ap50()))
        .toList();
  }

  /** Sums since the last row. */
  private static final class Means {
    private int count;
    private double loss;
    private double classLoss;
    private double boxLoss;

    void add(Learner.Step step) {
      count++;
      loss += step.loss().total();
      classLoss += step.loss().classes();
      boxLoss += step.loss().boxes();
    }

    void clear() {
      count = 0;
      loss = 0;
      classLoss = 0;
      boxLoss = 0;
    }
  }
}
