package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.backend.NetworkTraining.MemoryOrder;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.FormulaWeights;
import io.vigil.model.golden.LightWeights;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One definition, many readings: what one says of the network holds for the others. */
class ReadingsAgreeTest {

  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");
  private static final Weights WEIGHTS = FormulaWeights.of(D0, "rwightman_d0.json");
  private static final OnnxOptions ALL = OnnxOptions.maps().withOutput(new OnnxOptions.Maps(true));

  @Test
  void theShapesAreThoseThatOnnxRuntimeGives() throws Exception {
    var shapes = ShapeReading.of(D0, 256, 384).outputs();

    var outputs = run(D0, ALL, 256, 384);

    assertShapes(outputs, "C", shapes.features());
    assertShapes(outputs, "P", shapes.pyramid());
    assertThat(outputs.get("class_logits").shape())
        .containsExactly(1, places(shapes.classLogits()), shapes.classLogits().get(0).channels());
    assertThat(outputs.get("boxes").shape())
        .containsExactly(1, places(shapes.boxes()), shapes.boxes().get(0).channels());
  }

  @ParameterizedTest
  @EnumSource
  void thePlainFormComputesTheSame(PoolPadding padding) throws Exception {
    var config = D0.withPoolPadding(padding);

    var folded = run(config, ALL, 256, 128);
    var plain = run(config, ALL.withForm(OnnxOptions.Form.PLAIN), 256, 128);

    assertThat(plain.keySet()).isEqualTo(folded.keySet());
    folded.forEach(
        (name, output) ->
            assertThat(farthest(plain.get(name).floats(), output.floats()))
                .as(name)
                .isLessThan(2e-4f));
  }

  /** lite0's levels have odd sides, d6 adds where d0 weighs, d7x has a level more. */
  @ParameterizedTest
  @CsvSource({
    "d0, SAME, 256, 384, CHANNELS_LAST",
    "d0, SAME, 256, 384, CHANNELS_FIRST",
    "d0, SYMMETRIC, 128, 256, CHANNELS_LAST",
    "lite0, SAME, 320, 192, CHANNELS_LAST",
    "d6, SAME, 128, 128, CHANNELS_LAST",
    "d7x, SAME, 256, 256, CHANNELS_LAST"
  })
  void trainingComputesWhatOnnxRuntimeDoes(
      String level, Padding padding, int height, int width, MemoryOrder order) throws Exception {
    var config =
        EfficientDetConfig.named(level)
            .withImplementation(Implementation.of(padding))
            .withClasses(3);
    var weights = lively(level, config);
    var picture = scene(height, width);
    var training = NetworkTraining.all().withOrder(order);
    RawMaps maps;
    try (var network = TrainableNetwork.open(config, weights, training)) {
      maps = network.outputs(new Batch(picture, 1, height, width));
    }
    try (var model = new OrtModel(OnnxExport.export(config, weights, ALL))) {
      var rows = model.run(picture, 1, 3, height, width);
      var blank = model.run(new float[picture.length], 1, 3, height, width);
      for (var output : List.of("class_logits", "boxes")) {
        var trained = output.equals("boxes") ? maps.boxes() : maps.classes();
        assertSame(trained, rows.get(output), blank.get(output).floats());
      }
    }
  }

  /** Weights by which a picture is seen at the network's other end. */
  private static Weights lively(String level, EfficientDetConfig config) {
    return switch (level) {
      case "d0" -> FormulaWeights.of(config, "rwightman_d0.json");
      case "d6", "d7x" -> FormulaWeights.of(config, "rwightman_" + level + "_512.json");
      default -> LightWeights.of(config, 1.5);
    };
  }

  /**
   * Maps [channels, H, W] of each level against rows [places, channels] of all, by how far the
   * picture moves them from those of a blank one.
   */
  private static void assertSame(List<float[]> maps, OrtModel.Output output, float[] blank) {
    var rows = output.floats();
    var channels = (int) output.shape()[2];
    var at = 0;
    for (var map : maps) {
      var places = map.length / channels;
      var apart = 0f;
      var moved = 0f;
      for (var place = 0; place < places; place++) {
        for (var channel = 0; channel < channels; channel++) {
          apart = Math.max(apart, Math.abs(map[channel * places + place] - rows[at]));
          moved = Math.max(moved, Math.abs(blank[at] - rows[at]));
          at++;
        }
      }
      assertThat(moved).as("the picture at a level of %d places", places).isGreaterThan(1e-3f);
      assertThat(apart).as("level of %d places", places).isLessThan(0.02f * moved);
    }
    assertThat(at).isEqualTo(rows.length);
  }

  @Test
  void thePlainFormComputesTheSameOfPyTorchsKind() throws Exception {
    var config = D0.withImplementation(Implementation.PYTORCH);

    var folded = run(config, ALL, 256, 128);
    var plain = run(config, ALL.withForm(OnnxOptions.Form.PLAIN), 256, 128);

    folded.forEach(
        (name, output) ->
            assertThat(farthest(plain.get(name).floats(), output.floats()))
                .as(name)
                .isLessThan(5e-4f));
  }

  /**
   * On even sides, what symmetric padding sees of a picture is what TensorFlow's sees of its mirror
   * image, with mirrored kernels. So the proven network proves the other.
   */
  @Test
  void symmetricPaddingIsTheMirrorImageOfTensorFlows() throws Exception {
    var tensorFlow = Implementation.TENSORFLOW;
    var symmetric =
        D0.withImplementation(
            new Implementation(
                Padding.SYMMETRIC,
                tensorFlow.poolPadding(),
                tensorFlow.backboneEpsilon(),
                tensorFlow.epsilon(),
                tensorFlow.fusionEpsilon(),
                tensorFlow.biasBeforeNorm()));
    var picture = picture(256, 128);
    Weights mirrored =
        name -> {
          var tensor = WEIGHTS.tensor(name);
          return tensor.shape().length == 4
              ? new Tensor(tensor.shape(), mirrored(tensor.values(), tensor.shape()[2]))
              : tensor;
        };

    var direct = run(symmetric, WEIGHTS, picture, 256, 128);
    var same = run(D0, WEIGHTS, picture, 256, 128);
    var mirror = run(D0, mirrored, mirrored(picture, 256), 256, 128);

    for (var name : List.of("C3", "C4", "C5", "P3", "P4", "P5", "P6", "P7")) {
      var height = (int) mirror.get(name).shape()[2];
      var width = (int) mirror.get(name).shape()[3];
      var unmirrored = mirroredPlanes(mirror.get(name).floats(), height * width);
      assertThat(farthest(direct.get(name).floats(), unmirrored)).as(name).isLessThan(5e-4f);
      assertThat(farthest(same.get(name).floats(), direct.get(name).floats()))
          .as(name)
          .isGreaterThan(0.02f);
    }
  }

  @Test
  void theBackbonesEpsilonIsItsOwn() throws Exception {
    var tensorFlow = Implementation.TENSORFLOW;
    var usual = run(D0, ALL, 128, 128);
    var backbone = run(D0.withImplementation(epsilons(1e-1, 1e-3)), ALL, 128, 128);
    var rest = run(D0.withImplementation(epsilons(1e-3, 1e-1)), ALL, 128, 128);

    assertThat(epsilons(1e-3, 1e-3)).isEqualTo(tensorFlow);
    assertThat(backbone.get("C3").floats()[0]).isNotEqualTo(usual.get("C3").floats()[0]);
    assertThat(rest.get("C3").floats()).isEqualTo(usual.get("C3").floats());
    assertThat(rest.get("P3").floats()[0]).isNotEqualTo(usual.get("P3").floats()[0]);
  }

  private static Implementation epsilons(double backbone, double rest) {
    return new Implementation(Padding.SAME, PoolPadding.MINUS_INFINITY, backbone, rest, 1e-4, true);
  }

  /** Every plane turned by half a turn. */
  private static float[] mirroredPlanes(float[] planes, int length) {
    var turned = new float[planes.length];
    for (var i = 0; i < planes.length; i++) {
      turned[i] = planes[i / length * length + length - 1 - i % length];
    }
    return turned;
  }

  /** Of square kernels, or of the picture, which is half as wide as high. */
  private static float[] mirrored(float[] planes, int height) {
    return mirroredPlanes(planes, height == 256 ? 256 * 128 : height * height);
  }

  @Test
  void whatSurroundsAMaxPoolMatters() throws Exception {
    var zero = run(D0.withPoolPadding(PoolPadding.ZERO), ALL, 128, 128).get("P7").floats();
    var infinite = run(D0, ALL, 128, 128).get("P7").floats();

    assertThat(zero[0]).isNotCloseTo(infinite[0], within(1e-3f));
  }

  @Test
  void aFixedSizeIsPartOfTheGraph() {
    var model = OnnxExport.export(D0, WEIGHTS, ALL.withSize(256, 384));

    var dimensions = model.getGraph().getInput(0).getType().getTensorType().getShape();
    assertThat(dimensions.getDim(0).getDimParam()).isEqualTo("batch");
    assertThat(dimensions.getDim(2).getDimValue()).isEqualTo(256);
    assertThat(dimensions.getDim(3).getDimValue()).isEqualTo(384);
    assertThatThrownBy(() -> OnnxExport.export(D0, WEIGHTS, ALL.withSize(256, 300)))
        .hasMessage(
            "d0 takes pictures whose height and width are multiples of 128, not 256 x 300.");
  }

  @Test
  void aWeightOfAnotherShapeIsRefused() {
    Weights misshaped =
        name ->
            name.equals("fpn.coarser.conv.bias")
                ? new Tensor(new int[] {3}, new float[3])
                : WEIGHTS.tensor(name);

    assertThatThrownBy(() -> OnnxExport.export(D0, misshaped, ALL))
        .hasMessage("fpn.coarser.conv.bias has the shape [3] where the network needs [64].");
  }

  private static Map<String, OrtModel.Output> run(
      EfficientDetConfig config, OnnxOptions options, int height, int width) throws Exception {
    try (var model = new OrtModel(OnnxExport.export(config, WEIGHTS, options))) {
      return model.run(picture(height, width), 1, 3, height, width);
    }
  }

  private static Map<String, OrtModel.Output> run(
      EfficientDetConfig config, Weights weights, float[] picture, int height, int width)
      throws Exception {
    try (var model = new OrtModel(OnnxExport.export(config, weights, ALL))) {
      return model.run(picture, 1, 3, height, width);
    }
  }

  private static float[] picture(int height, int width) {
    var formula = new Formula("picture");
    var image = new float[3 * height * width];
    for (var i = 0; i < image.length; i++) {
      image[i] = (float) (2 * formula.x(i));
    }
    return image;
  }

  /** Waves of some hundred pixels, which coarse levels see, and noise. */
  private static float[] scene(int height, int width) {
    var scene = picture(height, width);
    for (var i = 0; i < scene.length; i++) {
      var channel = i / (height * width);
      var y = i / width % height;
      var x = i % width;
      scene[i] = (float) (0.5 * scene[i] + 2 * Math.sin(x / 20.0 + channel) * Math.cos(y / 30.0));
    }
    return scene;
  }

  private static void assertShapes(
      Map<String, OrtModel.Output> outputs, String prefix, List<Shape> shapes) {
    for (var i = 0; i < shapes.size(); i++) {
      var shape = shapes.get(i);
      assertThat(outputs.get(prefix + (EfficientDetConfig.MIN_LEVEL + i)).shape())
          .containsExactly(1, shape.channels(), shape.height(), shape.width());
    }
  }

  private static float farthest(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    var farthest = 0f;
    for (var i = 0; i < a.length; i++) {
      farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
    }
    return farthest;
  }

  private static long places(List<Shape> maps) {
    return maps.stream().mapToLong(Shape::places).sum();
  }
}
