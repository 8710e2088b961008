package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.backend.Batch;
import io.vigil.model.backend.NetworkTraining;
import io.vigil.model.backend.NetworkTraining.MemoryOrder;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.golden.FormulaWeights;
import io.vigil.model.golden.GoldenFile;
import io.vigil.model.weights.NamedTensors;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.names.NameScheme;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two steps of D0 on two pictures: losses, gradients, weights, running means and the average as in
 * the reference, which computed in double.
 */
class TrainingStepGoldenTest {

  private static final JsonNode GOLDEN = GoldenFile.read("training/step.json");
  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");
  private static final Weights WEIGHTS = FormulaWeights.of(D0, "rwightman_d0.json");
  private static final Batch BATCH =
      new Batch(GoldenCases.formula("train:input", 2 * 3 * 256 * 256, 0, 2), 2, 256, 256);
  private static final List<Targets> TARGETS =
      GoldenCases.targets(GOLDEN.get("targets"), D0.anchors(256, 256));

  /** As it is trained with. */
  private static final TrainingPlan OFFICIAL =
      new TrainingPlan(D0, Recipe.official(), Freeze.NOTHING, 256, 256, 2, 300, 1, 1);

  private static final double RATE = GOLDEN.get("lr").asDouble();

  /** The canonical name of each of zylo117's. */
  private static final Map<String, String> CANONICAL =
      NameScheme.ZYLO117.table(D0).names().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final Map<String, ParameterSpec> SPECS =
      ShapeReading.of(D0).parameters().stream()
          .collect(Collectors.toMap(ParameterSpec::name, Function.identity()));

  /**
   * Of the losses after the first step, relative: twice the references' own, as is right for
   * another order of sums; with channels last the norms of two pictures sum in yet another and
   * double it again.
   */
  private static final Map<MemoryOrder, Double> LATER_LOSSES =
      Map.of(MemoryOrder.CHANNELS_FIRST, 4e-5, MemoryOrder.CHANNELS_LAST, 1e-4);

  static Stream<Arguments> runs() {
    return GoldenCases.stream(GOLDEN.get("runs"))
        .flatMap(
            run ->
                Arrays.stream(MemoryOrder.values())
                    .map(order -> Arguments.of(Named.of(run.get("run").asText(), run), order)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void twoStepsAreTheReferences(JsonNode golden, MemoryOrder order) {
    var state = TrainingState.start(D0, weights(golden));
    var before = copies(state.weights());
    try (var learner = learner(golden, state, OFFICIAL.networkTraining().withOrder(order))) {
      for (var step = 0; step < 2; step++) {
        var done = learner.step(BATCH, TARGETS, RATE, 0);
        assertLoss(golden, step, done.loss(), order);
        var norm = norm(golden.get("gradient_norm_step_1_2").get(step));
        assertThat(done.gradientNorm()).isCloseTo(norm, within(2e-4 * norm));
        assertSteps(golden, step, before, copies(state.weights()));
        before = copies(state.weights());
      }
      assertLoss(golden, 2, learner.step(BATCH, TARGETS, RATE, 0).loss(), order);
    }
  }

  private static double norm(JsonNode golden) {
    var google = golden.path("global_norm_after_per_tensor_clip");
    return google.asDouble(golden.path("global_norm").asDouble());
  }

  private static void assertLoss(JsonNode golden, int step, Loss loss, MemoryOrder order) {
    var relative = step == 0 ? 4e-6 : LATER_LOSSES.get(order);
    var expected = golden.get("losses_at_step_1_2_3").get(step);
    assertClose(loss.total(), expected.get("total").asDouble(), relative);
    assertClose(loss.classes(), expected.get("class_loss").asDouble(), relative);
    assertClose(loss.boxes(), expected.get("box_loss").asDouble(), relative);
  }

  /** How far each tensor moved. */
  private static void assertSteps(
      JsonNode golden, int step, Map<String, float[]> before, Map<String, float[]> after) {
    var none = zeroGradients(golden);
    golden
        .get("parameters")
        .properties()
        .forEach(
            entry -> {
              var name = CANONICAL.get(entry.getKey());
              var expected = entry.getValue().get("delta_norm").get(step).asDouble();
              var moved = distance(before.get(name), after.get(name));
              var rounding = 2.4e-7 * GoldenCases.norm(after.get(name));
              var noise = none.contains(entry.getKey()) ? 1e-4 * RATE : 0;
              assertThat(moved)
                  .as("step %d of %s", step + 1, entry.getKey())
                  .isCloseTo(expected, within(4e-3 * expected + rounding + noise));
            });
  }

  @Test
  void theGradientsAreTheReferences() {
    var golden = GOLDEN.get("runs").get(0);
    var gradients = gradients();
    var global = golden.get("gradient_norm_step_1_2").get(0).get("global_norm").asDouble();

    golden
        .get("parameters")
        .properties()
        .forEach(
            entry -> {
              var norm = entry.getValue().get("grad_norm").asDouble();
              assertThat(GoldenCases.norm(gradients.get(CANONICAL.get(entry.getKey()))))
                  .as(entry.getKey())
                  .isCloseTo(norm, within(2e-3 * norm + 2e-6 * global));
            });
    assertThat(gradients).hasSize(golden.get("parameters").size());
    golden.get("gradient_samples").properties().forEach(entry -> assertSamples(entry, gradients));
  }

  private static void assertSamples(
      Map.Entry<String, JsonNode> samples, Map<String, float[]> gradients) {
    var actual = gradients.get(CANONICAL.get(samples.getKey()));
    var tolerance = 4 * samples.getValue().get("f32_max_abs_dev").asDouble();
    var norm = GoldenCases.norm(actual);
    for (var i = 0; i < samples.getValue().get("idx").size(); i++) {
      assertThat((double) actual[samples.getValue().get("idx").get(i).asInt()])
          .as(samples.getKey())
          .isCloseTo(
              samples.getValue().get("val").get(i).asDouble(), within(tolerance + 1e-4 * norm));
    }
  }

  /** Backbone, pyramid and heads follow a hundredth of the batch, as google/automl and zylo117. */
  @Test
  void theRunningMeansFollowTheBatch() {
    var state = TrainingState.start(D0, WEIGHTS);
    try (var learner = learner(GOLDEN.get("runs").get(0), state, OFFICIAL.networkTraining())) {
      learner.step(BATCH, TARGETS, 0, 0);
    }
    for (var golden : GOLDEN.get("runs").get(0).get("batch_norm_after_first_forward")) {
      var module = golden.get("zylo").asText();
      for (var running : List.of("running_mean", "running_var")) {
        var name = CANONICAL.get(module + "." + running);
        var expected = golden.get(running);
        var slow = golden.get("momentum_pytorch").asDouble() == 0.01;
        var values = expected.get(slow ? "val" : "after_with_momentum_0.01");
        for (var i = 0; i < expected.get("idx").size(); i++) {
          var value = values.get(i).asDouble();
          assertThat(
                  (double)
                      state.weights().tensor(name).values()[expected.get("idx").get(i).asInt()])
              .as(module + "." + running)
              .isCloseTo(value, within(2e-6 + 2e-5 * Math.abs(value)));
        }
      }
    }
  }

  /** Batch norms' running means and variances, too, which here follow a tenth of the batch. */
  @Test
  void theAverageFollowsFromTheFirstStep() {
    var golden = GOLDEN.get("runs").get(0);
    var state = TrainingState.start(D0, WEIGHTS);
    try (var learner = learner(golden, state, OFFICIAL.networkTraining().withBatchShare(0.1))) {
      learner.step(BATCH, TARGETS, RATE, 0);
      learner.step(BATCH, TARGETS, RATE, 0);
    }
    for (var average : golden.get("ema_after_step_2")) {
      var expected = average.get("dynamic_n_from_0");
      var name = CANONICAL.get(average.get("zylo").asText());
      var values = state.averages().tensor(name).values();
      var distance = expected.get("distance_to_initial").asDouble();
      for (var i = 0; i < expected.get("idx").size(); i++) {
        assertThat((double) values[expected.get("idx").get(i).asInt()])
            .as(name)
            .isCloseTo(expected.get("val").get(i).asDouble(), within(4e-3 * distance + 1e-6));
      }
    }
  }

  private static Learner learner(JsonNode golden, TrainingState state, NetworkTraining training) {
    var google = golden.get("order").asText().startsWith("google");
    var torch = new Sgd(0.9, 4e-5, Sgd.Order.CLIP_THEN_DECAY, 10);
    var recipe = google ? OFFICIAL.recipe() : OFFICIAL.recipe().withDescent(torch);
    return new Learner(D0, training, recipe, state);
  }

  private static Map<String, float[]> gradients() {
    var gradients = new HashMap<String, float[]>();
    try (var network =
        io.vigil.model.backend.TrainableNetwork.open(D0, WEIGHTS, NetworkTraining.all())) {
      var list =
          network.gradients(
              BATCH,
              0,
              outputs -> Loss.of(LossSettings.official(), outputs, TARGETS).derivatives());
      for (var i = 0; i < list.size(); i++) {
        gradients.put(network.trained().get(i).name(), list.get(i));
      }
    }
    return gradients;
  }

  private static Weights weights(JsonNode golden) {
    var shift = golden.get("class_bias_shift").asDouble();
    var name = CANONICAL.get("classifier.header.pointwise_conv.conv.bias");
    var tensors = new HashMap<String, Tensor>();
    copies(WEIGHTS)
        .forEach(
            (key, values) -> {
              for (var i = 0; key.equals(name) && i < values.length; i++) {
                values[i] = (float) (values[i] + shift);
              }
              tensors.put(key, new Tensor(SPECS.get(key).shape(), values));
            });
    return new NamedTensors(tensors);
  }

  private static Map<String, float[]> copies(Weights weights) {
    return SPECS.keySet().stream()
        .collect(
            Collectors.toMap(Function.identity(), name -> weights.tensor(name).values().clone()));
  }

  private static Set<String> zeroGradients(JsonNode golden) {
    var names = new HashSet<String>();
    golden
        .get("zero_gradient_parameters")
        .forEach(list -> list.forEach(name -> names.add(name.asText())));
    return names;
  }

  private static double distance(float[] a, float[] b) {
    var differences = new float[a.length];
    for (var i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return GoldenCases.norm(differences);
  }

  private static void assertClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, Offset.offset(relative * Math.abs(expected)));
  }
}
