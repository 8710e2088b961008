package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.InitialWeights;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn for a picture, and what its recipe makes of it. */
class BatchMakerTest {

  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0").withClasses(1);
  private static final int SIDE = 128;

  /** Dark on the left, light on the right, with an object. */
  private static BatchMaker maker(Recipe recipe) {
    var rgb = new byte[3 * SIDE * SIDE];
    for (var i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % SIDE < SIDE / 2 ? 20 : 250);
    }
    var object = new TruthBox(20, 30, 100, 70, 0);
    var picture =
        new TrainingData.Picture(
            "halves", SIDE, SIDE, List.of(object), () -> new RgbPicture(SIDE, SIDE, rgb));
    var data = new TrainingData(List.of("thing"), List.of(picture));
    return new BatchMaker(D0, recipe, data, new Sampler(1, 1, 1), new BatchMaker.Size(SIDE, SIDE));
  }

  private static float[] pixels(BatchMaker maker, int step) {
    return maker.step(step).batch().pixels();
  }

  @Test
  void aboutHalfOfThePicturesAreMirrored() {
    var maker = maker(Recipe.official().withJitter(1, 1));

    var mirrored = IntStream.range(0, 40).filter(step -> pixels(maker, step)[0] > 0).count();

    assertThat(mirrored).isBetween(10L, 30L);
  }

  /** What the picture does not reach is 0. */
  @Test
  void scalesAreDrawnBetweenTheTwo() {
    var maker = maker(Recipe.official().withJitter(0.25, 1));

    var sizes = new TreeSet<Integer>();
    for (var step = 0; step < 40; step++) {
      var pixels = pixels(maker, step);
      sizes.add((int) IntStream.range(0, SIDE).filter(x -> pixels[x] != 0).count());
    }

    assertThat(sizes).hasSizeGreaterThan(15).allMatch(size -> size >= 32 && size <= SIDE);
    assertThat(sizes.first()).isLessThan(60);
    assertThat(sizes.last()).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"official", "paper", "retinanet"})
  void targetsAreTheRecipesOwn(String name) {
    var recipe = Recipe.named(name).withJitter(1, 1);

    var targets = maker(recipe).step(0).targets().get(0);

    var ignored = Arrays.stream(targets.classes()).filter(c -> c == Targets.IGNORED).count();
    assertThat(ignored > 0).isEqualTo(name.equals("retinanet"));
    var other = name.equals("paper") ? Recipe.official() : Recipe.paper();
    assertThat(targets.boxes())
        .isNotEqualTo(maker(other.withJitter(1, 1)).step(0).targets().get(0).boxes());
  }

  /** By its own loss, too. */
  @Test
  void aStepsLossIsTheRecipesOwn() {
    assertThat(loss(Recipe.official())).isNotEqualTo(loss(Recipe.retinaNet()));
  }

  private static double loss(Recipe recipe) {
    var plan = new TrainingPlan(D0, recipe, Freeze.named("norms"), SIDE, SIDE, 1, 2, 1, 1);
    var batch = maker(Recipe.official().withJitter(1, 1)).step(0);
    var initial = InitialWeights.of(ShapeReading.of(D0).parameters(), 1);
    var state = TrainingState.start(D0, initial);
    try (var learner = new Learner(D0, plan.networkTraining(), recipe, state)) {
      return learner.step(batch.batch(), batch.targets(), 0, 1).loss().total();
    }
  }
}
