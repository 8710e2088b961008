package io.vigil.model.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.backend.OnnxExport;
import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.backend.OrtModel;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The network gives what both reference implementations give.
 *
 * <p>{@code -Dgolden.dir=FOLDER} adds every file of a folder to those in the repository.
 */
class NetworkGoldenTest {

  private static final List<String> LEVELS = List.of("d0", "d1", "d2", "d3", "d6_512", "d7x_512");

  @TestFactory
  Stream<DynamicTest> rawOutputsAndDecodedBoxesAreTheReferences() {
    return LEVELS.stream()
        .flatMap(level -> Stream.of("zylo_" + level + ".json", "rwightman_" + level + ".json"))
        .map(name -> test(new ReferenceFile(name, GoldenFile.read(name))));
  }

  @TestFactory
  Stream<DynamicTest> filesOfTheFolderGivenMatchToo() throws IOException {
    var given = System.getProperty("golden.dir", "");
    if (given.isBlank()) {
      return Stream.empty();
    }
    var files = GoldenFolder.read(Path.of(given));
    System.out.println(files.summary());
    assertThat(files.isEmpty()).as(files.summary()).isFalse();
    return Stream.concat(
        files.references().stream().map(NetworkGoldenTest::test),
        files.keyMaps().entrySet().stream()
            .map(
                entry ->
                    DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> KeyMap.of(entry.getValue()).assertMatches(entry.getKey()))));
  }

  private static DynamicTest test(ReferenceFile file) {
    return DynamicTest.dynamicTest(file.name(), () -> assertMatches(file));
  }

  private static void assertMatches(ReferenceFile file) throws Exception {
    var config = file.config();
    var weights = FormulaWeights.of(config, new FormulaWeights.GoldenBatchNorms(file.json()));
    var options = OnnxOptions.maps().withOutput(new OnnxOptions.Maps(true));
    try (var model = new OrtModel(OnnxExport.export(config, weights, options))) {
      var outputs = model.run(file.image(), 1, 3, file.height(), file.width());
      assertFeatures(file, "backbone", "C", outputs);
      assertFeatures(file, "fpn", "P", outputs);
      assertRows(file, "class_logits", outputs.get("class_logits"));
      assertRows(file, "box", outputs.get("boxes"));
      assertDecoded(file, outputs.get("class_logits").floats(), outputs.get("boxes").floats());
    }
  }

  private static void assertFeatures(
      ReferenceFile file, String section, String prefix, Map<String, OrtModel.Output> outputs) {
    var tensors = file.json().path(section);
    for (var i = 0; i < tensors.size(); i++) {
      var output = outputs.get(prefix + (EfficientDetConfig.MIN_LEVEL + i));
      new ReferenceTensor(tensors.get(i)).assertMatches(output.shape(), output.floats());
    }
  }

  private static void assertRows(ReferenceFile file, String section, OrtModel.Output rows) {
    var tensors = file.json().get(section);
    assertThat(tensors.size()).as(section).isEqualTo(file.config().levels());
    var channels = (int) rows.shape()[2];
    var place = 0;
    for (var i = 0; i < tensors.size(); i++) {
      var level = EfficientDetConfig.MIN_LEVEL + i;
      var shape = new long[] {1, channels, file.height() >> level, file.width() >> level};
      var places = (int) (shape[2] * shape[3]);
      new ReferenceTensor(tensors.get(i))
          .assertMatches(shape, planes(rows.floats(), place, places, channels));
      place += places;
    }
  }

  /** [places, channels] to [channels, places]. */
  private static float[] planes(float[] rows, int from, int places, int channels) {
    var planes = new float[places * channels];
    for (var place = 0; place < places; place++) {
      for (var channel = 0; channel < channels; channel++) {
        planes[channel * places + place] = rows[(from + place) * channels + channel];
      }
    }
    return planes;
  }

  private static void assertDecoded(ReferenceFile file, float[] logits, float[] boxes) {
    var tolerance =
        new ArrayList<JsonNode>(tensors(file))
            .stream().mapToDouble(json -> new ReferenceTensor(json).tolerance()).max();
    Map.of(
            "decode:pairs_1.4_0.7", AnchorLayout.pairs(),
            "decode:sqrt_ratio_1_2_0.5", AnchorLayout.squareRoots())
        .forEach(
            (key, ratios) -> {
              if (file.json().has(key)) {
                var config = file.config();
                var layout =
                    new AnchorLayout(
                        EfficientDetConfig.MIN_LEVEL,
                        config.maxLevel(),
                        file.anchorScale(),
                        AnchorLayout.OCTAVES,
                        ratios);
                var anchors = Anchors.of(layout, file.height(), file.width());
                new ReferenceDecoding(
                        file.json().get(key),
                        anchors,
                        config.classes(),
                        logits,
                        boxes,
                        tolerance.orElseThrow())
                    .assertMatches();
              }
            });
  }

  private static List<JsonNode> tensors(ReferenceFile file) {
    var tensors = new ArrayList<JsonNode>();
    file.json().get("class_logits").forEach(tensors::add);
    return tensors;
  }
}
