package io.vigil.pipeline.train;

import io.vigil.model.runtime.ModelExport;
import io.vigil.model.runtime.ModelRecipe;
import io.vigil.model.train.Checkpoint;
import io.vigil.model.train.Learner;
import io.vigil.model.train.NoNumberException;
import io.vigil.model.train.Trainer;
import io.vigil.model.train.TrainingState;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.WeightsExport;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.pipeline.report.LearningCurve;
import java.nio.file.Files;
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
  private long kept = -1;
  private long told = started;
  private long validations;
  private double rate = Double.NaN;

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
    this.validations = validationsDone();
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
    try {
      trainer.run(state, this::stepped, stopped);
      checkpoint();
      if (state.steps() < trainer.steps()) {
        curve();
        return false;
      }
      if (!measuredAtTheEnd()) {
        row();
      }
      finish();
      return true;
    } catch (NoNumberException diverged) {
      // The checkpoint before is the better one
      throw diverged;
    } catch (RuntimeException failure) {
      keep(failure);
      throw failure;
    }
  }

  /** Whatever went wrong, what was learned until then stays. */
  private void keep(RuntimeException failure) {
    try {
      if (kept < state.steps()) {
        checkpoint();
      }
    } catch (RuntimeException unkept) {
      failure.addSuppressed(unkept);
    }
    if (kept >= 0) {
      talk.tell(
          "Step %d is kept in %s: go on with --resume when this is mended."
              .formatted(kept, settings.checkpoint()));
    }
  }

  /** The last row is written when all before it was: the model, its weights, the validation. */
  private boolean measuredAtTheEnd() {
    var rows = log.rows();
    return !rows.isEmpty()
        && rows.get(rows.size() - 1).step() == trainer.steps()
        && Files.exists(settings.model());
  }

  private void stepped(TrainingState now, Learner.Step step, double stepRate) {
    means.add(step);
    rate = stepRate;
    var time = System.nanoTime();
    var last = now.steps() == trainer.steps();
    if (validationsDue(now.steps()) > validations && !last) {
      row();
      validations = validationsDue(now.steps());
    } else if (time - told > ROW_EVERY_NANOS && !last) {
      row(Double.NaN, Double.NaN);
    }
    if (time - checkpointed > settings.checkpointEvery().toNanos()) {
      checkpoint();
    }
  }

  /** Counted from the run's first step, so that a resumed run validates where the whole one did. */
  private long validationsDue(long step) {
    return (long) Math.floor(epoch(step) / settings.validateEvery() + ROUNDING);
  }

  /** One that could not be done, as a picture was broken, is still due. */
  private long validationsDone() {
    return settings.validation().isEmpty()
        ? validationsDue(state.steps())
        : log.rows().stream()
            .filter(row -> !Double.isNaN(row.ap()))
            .mapToLong(row -> validationsDue(row.step()))
            .max()
            .orElse(0);
  }

  /** With a validation, if there is something to validate on. */
  private void row() {
    model();
    var metrics = settings.validation().map(validation -> validation.measure(settings.model()));
    metrics.ifPresent(
        found ->
            talk.tell(
                "epoch %.1f: AP %.4f, AP50 %.4f"
                    .formatted(epoch(state.steps()), found.ap(), found.ap50())));
    row(
        metrics.map(found -> found.ap()).orElse(Double.NaN),
        metrics.map(found -> found.ap50()).orElse(Double.NaN));
  }

  private void row(double ap, double ap50) {
    var row =
        new ProgressLog.Row(
            state.steps(),
            epoch(state.steps()),
            means.loss / means.count,
            means.classLoss / means.count,
            means.boxLoss / means.count,
            rate,
            ap,
            ap50);
    log.add(row);
    if (means.count > 0) {
      talk.progress(line(row));
    }
    means.clear();
    told = System.nanoTime();
  }

  /** A terminal shows the first 80 characters of it, perhaps: what is waited for comes first. */
  private String line(ProgressLog.Row row) {
    var seconds = (System.nanoTime() - started) / 1e9;
    var steps = state.steps() - firstStep;
    var left = (trainer.steps() - state.steps()) * seconds / Math.max(1, steps);
    return "step %d/%d  %s left  %.1f images/s  rate %.1e  class %.3f  box %.5f  loss %.3f  epoch %.2f"
        .formatted(
            row.step(),
            trainer.steps(),
            left < 5400 ? "%.0f min".formatted(left / 60) : "%.1f h".formatted(left / 3600),
            steps * settings.plan().batch() / seconds,
            row.rate(),
            row.classLoss(),
            row.boxLoss(),
            row.loss(),
            row.epoch());
  }

  private double epoch(long step) {
    return (double) step * settings.plan().batch() / settings.data().pictures().size();
  }

  private void checkpoint() {
    new Checkpoint(state, settings.told()).write(settings.checkpoint());
    kept = state.steps();
    weights();
    checkpointed = System.nanoTime();
  }

  private void weights() {
    var config = settings.plan().config();
    WeightsExport.write(settings.weights(), config, state.averages(), NameScheme.RWIGHTMAN, true);
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
    weights();
  }

  private void finish() {
    curve();
    talk.tell(
        "Done: %s to detect with, %s to train on from, %s, %s."
            .formatted(settings.model(), settings.weights(), settings.table(), settings.curve()));
  }

  /** Of a run that was stopped before its first row there is none. */
  private void curve() {
    if (!log.rows().isEmpty()) {
      LearningCurve.write(settings.curve(), points());
    }
  }

  private List<LearningCurve.Point> points() {
    return log.rows().stream()
        .map(
            row ->
                new LearningCurve.Point(row.epoch(), row.loss(), row.rate(), row.ap(), row.ap50()))
        .toList();
  }

  /** Sums since the last row; the means of no step at all are NaN. */
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
