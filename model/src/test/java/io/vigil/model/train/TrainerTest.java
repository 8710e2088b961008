package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a few steps on small drawn pictures. */
class TrainerTest {

  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0").withClasses(2);
  private static final TreeMap<String, String> TOLD = new TreeMap<>(Map.of("--seed", "7"));

  private static final Recipe PAPER = Recipe.paper();

  @TempDir private Path folder;

  /**
   * To the bit: weights, what the optimizer keeps, averages and running means; of D1, which blocks
   * are left out, too.
   */
  @ParameterizedTest
  @CsvSource({"d0, sgd", "d1, adamw"})
  void aRunThatWasInterruptedEndsAsOneThatWasNot(String level, String optimizer) {
    var config = EfficientDetConfig.named(level).withClasses(2);
    var recipe = Recipe.official().withDescent(Descent.named(optimizer));
    var plan = new TrainingPlan(config, recipe, Freeze.NOTHING, 128, 128, 2, 2, 1, 1);
    var whole = start(config);
    new Trainer(plan, data(5)).run(whole, (state, step, rate) -> {}, () -> false);

    var first = start(config);
    var asked = new AtomicInteger();
    new Trainer(plan, data(5))
        .run(first, (state, step, rate) -> {}, () -> asked.getAndIncrement() == 2);
    var file = folder.resolve("checkpoint.safetensors");
    new Checkpoint(first, TOLD).write(file);
    var resumed = Checkpoint.read(file, config, TOLD).state();
    assertThat(resumed.steps()).isEqualTo(2);
    new Trainer(plan, data(5)).run(resumed, (state, step, rate) -> {}, () -> false);

    assertThat(whole.steps()).isEqualTo(5);
    assertThat(resumed.steps()).isEqualTo(5);
    assertSame(resumed, whole);
  }

  @Test
  void anotherSeedGoesAnotherWay() {
    var one = start(D0);
    var other = start(D0);
    new Trainer(plan(D0, Freeze.NOTHING, 1), data(5))
        .run(one, (state, step, rate) -> {}, () -> state(one, 1));
    new Trainer(plan(D0, Freeze.NOTHING, 2), data(5))
        .run(other, (state, step, rate) -> {}, () -> state(other, 1));

    var name = "weight/backbone.stem.conv.weight";
    assertThat(one.tensors().get(name).values()).isNotEqualTo(other.tensors().get(name).values());
  }

  private static boolean state(TrainingState state, long steps) {
    return state.steps() == steps;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nothing", "norms", "backbone-norms", "backbone", "stage2", "norms,stage2"})
  void whatIsFrozenStays(String text) {
    var freeze = Freeze.named(text);
    var state = start(D0);
    var before = copies(state);
    // A step so large that it moves what has the smallest gradients, too.
    new Trainer(new TrainingPlan(D0, Recipe.official(), freeze, 128, 128, 2, 10, 1e6, 1), data(2))
        .run(state, (s, step, rate) -> {}, () -> state(state, 1));
    var after = copies(state);

    var stem = text.contains("stage2") || text.equals("backbone");
    assertThat(same(before, after, "backbone.stem.conv.weight")).isEqualTo(stem);
    assertThat(same(before, after, "backbone.stem.norm.scale")).isEqualTo(stem);
    assertThat(same(before, after, "backbone.stage2.block1.project.conv.weight")).isEqualTo(stem);
    assertThat(same(before, after, "backbone.stage3.block0.expand.conv.weight"))
        .isEqualTo(text.equals("backbone"));
    var running = !text.equals("nothing");
    assertThat(same(before, after, "backbone.stem.norm.mean")).isEqualTo(running);
    assertThat(same(before, after, "backbone.stem.norm.variance")).isEqualTo(running);
    assertThat(same(before, after, "backbone.stage3.block0.expand.norm.mean"))
        .isEqualTo(running && !text.equals("stage2"));
    assertThat(same(before, after, "fpn.coarser.conv.weight")).isFalse();
    assertThat(same(before, after, "class.layer0.norm.p3.scale")).isFalse();
    assertThat(same(before, after, "class.layer0.norm.p3.mean"))
        .isEqualTo(text.startsWith("norms"));
  }

  private static boolean same(Map<String, float[]> a, Map<String, float[]> b, String name) {
    return Arrays.equals(a.get(name), b.get(name));
  }

  /** D0's blocks are all kept, D1's are left out by the seed. */
  @Test
  void dropConnectLeavesBlocksOutButForTheSmallestBackbone() {
    assertThat(firstLoss("d0", 1)).isEqualTo(firstLoss("d0", 2));
    assertThat(firstLoss("d1", 1)).isNotEqualTo(firstLoss("d1", 2));
    assertThat(firstLoss("d1", 1)).isEqualTo(firstLoss("d1", 1));
  }

  private static double firstLoss(String level, long seed) {
    var config = EfficientDetConfig.named(level).withClasses(2);
    var plan = plan(config, Freeze.NOTHING, 1);
    var sampler = new Sampler(2, plan.batch(), 1);
    var size = new BatchMaker.Size(plan.height(), plan.width());
    var batch = new BatchMaker(config, plan.recipe(), data(2), sampler, size).step(0);
    try (var learner = new Learner(config, plan.networkTraining(), plan.recipe(), start(config))) {
      return learner.step(batch.batch(), batch.targets(), 0, seed).loss().total();
    }
  }

  /** Of a picture twice as large as the training picture, both ways. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cropsAreDrawnAcrossAndDown(boolean across) {
    var rgb = new byte[3 * 128 * 128];
    for (var i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (across ? i / 3 % 128 : i / 3 / 128);
    }
    var picture =
        new TrainingData.Picture("slope", 128, 128, List.of(), () -> new RgbPicture(128, 128, rgb));
    var data = new TrainingData(List.of("wide", "tall"), List.of(picture));
    var recipe = Recipe.official().withJitter(2, 2);
    var size = new BatchMaker.Size(128, 128);
    var maker = new BatchMaker(D0, recipe, data, new Sampler(1, 1, 1), size);

    var corners = new TreeSet<Float>();
    for (var step = 0; step < 8; step++) {
      corners.add(maker.step(step).batch().pixels()[0]);
    }

    // Mirroring alone would make two
    assertThat(corners).hasSizeGreaterThan(4);
  }

  @Test
  void aRunWithoutAStepIsRefused() {
    var brief = new TrainingPlan(D0, PAPER, Freeze.NOTHING, 128, 128, 6, 0.8, 1, 1);
    assertThatThrownBy(() -> new Trainer(brief, data(7)).steps())
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "0.8 epochs of 7 pictures are not one step of 6: lower --batch or raise --epochs.");
    // However many epochs there are: each picture would be in a step several times
    var large = new TrainingPlan(D0, PAPER, Freeze.NOTHING, 128, 128, 16, 300, 1, 1);
    assertThatThrownBy(() -> new Trainer(large, data(7)).steps())
        .isInstanceOf(TrainingException.class)
        .hasMessage("A step learns from 16 pictures, and there are 7: lower --batch.");
  }

  /** The loss is a number still, and nothing would tell when it is the last step. */
  @Test
  void weightsThatAreNoNumbersEndTheRun() {
    var plan = new TrainingPlan(D0, Recipe.official(), Freeze.NOTHING, 128, 128, 2, 10, 1e300, 1);
    var state = start(D0);

    assertThatThrownBy(
            () -> new Trainer(plan, data(2)).run(state, (s, step, rate) -> {}, () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("The weights after step 0 are no numbers. Its pictures are ");
    assertThat(state.finite()).isFalse();
  }

  @Test
  void aLossThatIsNoNumberEndsTheRunAndNamesThePictures() {
    var plan = new TrainingPlan(D0, Recipe.official(), Freeze.NOTHING, 128, 128, 2, 10, 1e30, 1);
    var state = start(D0);
    var before = new ArrayList<Map<String, float[]>>();

    assertThatThrownBy(
            () ->
                new Trainer(plan, data(2))
                    .run(state, (s, step, rate) -> before.add(copies(s)), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "The (loss|sum of the gradients) of step \\d+ is (NaN|-?Infinity)\\. Its pictures are picture \\d, picture \\d\\. Look at them, or start anew with a lower learning rate \\(--rate\\), .*");

    assertThat(state.steps()).isEqualTo(before.size());
    assertThat(copies(state).get("class.predict.pointwise.bias"))
        .isEqualTo(before.get(before.size() - 1).get("class.predict.pointwise.bias"));
  }

  @Test
  void anEpochSeesEachPictureOnceInAnOrderOfItsOwn() {
    var sampler = new Sampler(10, 5, 3);

    var first = epoch(sampler, 0);
    var second = epoch(sampler, 2);

    assertThat(first).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    assertThat(epoch(new Sampler(10, 5, 3), 0)).isEqualTo(first);
  }

  private static List<Integer> epoch(Sampler sampler, long step) {
    var drawn = new ArrayList<Integer>();
    for (var draw : sampler.step(step)) {
      drawn.add(draw.index());
    }
    for (var draw : sampler.step(step + 1)) {
      drawn.add(draw.index());
    }
    return drawn;
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() {
    var file = folder.resolve("checkpoint.safetensors");
    new Checkpoint(start(D0), TOLD).write(file);

    assertThatThrownBy(() -> Checkpoint.read(file, D0, Map.of("--seed", "8", "--batch", "4")))
        .hasMessage(
            file
                + " is of a run that was told otherwise: --batch was not given and is 4; --seed was 7 and is 8."
                + " Resume with the same options, or start anew in another folder from its weights (--weights).");
    assertThatThrownBy(() -> Checkpoint.read(file, D0.withClasses(3), TOLD))
        .hasMessageContaining("but the network's has the shape")
        .hasMessageEndingWith("it is of another network.");
  }

  @Test
  void aCheckpointThatIsCutOffIsRefused() throws Exception {
    var file = folder.resolve("checkpoint.safetensors");
    new Checkpoint(start(D0), TOLD).write(file);
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> Checkpoint.read(file, D0, TOLD))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("is cut off");
  }

  @Test
  void aDiskThatFillsUpLeavesTheCheckpointBefore() throws Exception {
    var before = start(D0);
    var full = Configuration.unix().toBuilder().setMaxSize(50_000_000).build();
    try (var disk = Jimfs.newFileSystem(full)) {
      var file = disk.getPath("/run/checkpoint.safetensors");
      new Checkpoint(before, TOLD).write(file);
      var later = start(D0);

      assertThatThrownBy(() -> new Checkpoint(later, TOLD).write(file))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("out of disk space")
          .hasMessageEndingWith(
              "The one before it is untouched: make room and go on with --resume.");
      assertThat(Files.list(file.getParent())).containsExactly(file);
      assertSame(Checkpoint.read(file, D0, TOLD).state(), before);
    }
  }

  private static TrainingPlan plan(EfficientDetConfig config, Freeze freeze, long seed) {
    return new TrainingPlan(config, Recipe.official(), freeze, 128, 128, 2, 2, 1, seed);
  }

  private static TrainingState start(EfficientDetConfig config) {
    return TrainingState.start(config, InitialWeights.of(ShapeReading.of(config).parameters(), 1));
  }

  /** Noise with a bright rectangle of one of two kinds. */
  private static TrainingData data(int pictures) {
    return new TrainingData(
        List.of("wide", "tall"),
        IntStream.range(0, pictures).mapToObj(TrainerTest::picture).toList());
  }

  private static TrainingData.Picture picture(int index) {
    var random = new SplittableRandom(index);
    var rgb = new byte[3 * 160 * 120];
    random.nextBytes(rgb);
    var object =
        index % 2 == 0 ? new TruthBox(30, 20, 60, 100, 0) : new TruthBox(20, 50, 110, 80, 1);
    for (var y = (int) object.y1(); y < object.y2(); y++) {
      for (var x = (int) object.x1(); x < object.x2(); x++) {
        rgb[3 * (160 * y + x)] = (byte) 250;
      }
    }
    return new TrainingData.Picture(
        "picture " + index, 160, 120, List.of(object), () -> new RgbPicture(160, 120, rgb));
  }

  private static Map<String, float[]> copies(TrainingState state) {
    var copies = new TreeMap<String, float[]>();
    ShapeReading.of(D0)
        .parameters()
        .forEach(
            spec -> copies.put(spec.name(), state.weights().tensor(spec.name()).values().clone()));
    return copies;
  }

  private static void assertSame(TrainingState a, TrainingState b) {
    var expected = b.tensors();
    var actual = a.tensors();
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(Arrays.equals(bits(actual.get(name)), bits(tensor))).as(name).isTrue());
  }

  private static int[] bits(Tensor tensor) {
    return IntStream.range(0, tensor.values().length)
        .map(i -> Float.floatToRawIntBits(tensor.values()[i]))
        .toArray();
  }
}
