package io.vigil.testvideos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.testvideos.scene.Annotation;
import io.vigil.testvideos.scene.Scenes;
import io.vigil.testvideos.scene.Viewpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clips that are kept beside the generator, in {@code streets}. */
class ClipTest {

  private static final Path FOLDER = Path.of("streets");
  private static final int EVERY = 36;

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(file).toFile());
  }

  private static List<JsonNode> of(JsonNode truth, int image) {
    var found = new ArrayList<JsonNode>();
    for (var annotation : truth.get("annotations")) {
      if (annotation.get("image_id").asInt() == image) {
        found.add(annotation);
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"corner", "pole", "side", "plaza", "roundabout"})
  void theirGroundTruthIsWhatTheGeneratorDraws(String name) throws IOException {
    var truth = json(name + ".json");
    var images = truth.get("images");
    var scene =
        Scenes.of(
            images.get(0).get("seed").asLong(),
            Viewpoint.of(images.get(0).get("viewpoint").asText()));
    assertThat(Viewpoint.heldOut(scene.seed(), scene.viewpoint())).isTrue();
    for (int i = 0; i < images.size(); i += EVERY) {
      var image = images.get(i);
      double seconds = i / 12.0;
      assertThat(image.get("seconds").asDouble()).isCloseTo(seconds, within(1e-4));
      var frame = scene.draw(seconds, image.get("width").asInt(), image.get("height").asInt());
      same(of(truth, image.get("id").asInt()), frame.annotations());
    }
  }

  private static void same(List<JsonNode> kept, List<Annotation> drawn) {
    assertThat(kept).hasSameSizeAs(drawn);
    for (int i = 0; i < kept.size(); i++) {
      var annotation = drawn.get(i);
      var box = kept.get(i).get("bbox");
      assertThat(kept.get(i).get("track_id").asInt()).isEqualTo(annotation.track());
      assertThat(kept.get(i).get("category_id").asInt()).isEqualTo(annotation.kind().id());
      assertThat(box.get(0).asDouble()).isEqualTo(annotation.box().x());
      assertThat(box.get(1).asDouble()).isEqualTo(annotation.box().y());
      assertThat(box.get(2).asDouble()).isEqualTo(annotation.box().width());
      assertThat(box.get(3).asDouble()).isEqualTo(annotation.box().height());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"corner", "pole", "side", "plaza", "roundabout"})
  void theFormatsAgree(String name) throws IOException {
    var truth = json(name + ".json");
    var lines = Files.readAllLines(FOLDER.resolve(name + ".mot.txt"));
    assertThat(lines).hasSize(truth.get("annotations").size());
    var considered = new HashSet<String>();
    for (int i = 0; i < lines.size(); i++) {
      var cells = lines.get(i).split(",");
      var annotation = truth.get("annotations").get(i);
      assertThat(Integer.parseInt(cells[0]) - 1).isEqualTo(annotation.get("image_id").asInt());
      assertThat(cells[1]).isEqualTo(annotation.get("track_id").asText());
      for (int side = 0; side < 4; side++) {
        assertThat(Double.parseDouble(cells[2 + side]))
            .isEqualTo(annotation.get("bbox").get(side).asDouble());
      }
      assertThat(cells[7]).isEqualTo(annotation.get("category_id").asText());
      assertThat(Double.parseDouble(cells[8]))
          .isCloseTo(
              annotation.get("visibility").asDouble() * annotation.get("inside").asDouble(),
              within(2e-3));
      assertThat(cells[6]).isEqualTo(annotation.get("iscrowd").asInt() == 1 ? "0" : "1");
      if (cells[6].equals("1")) {
        considered.add(annotation.get("image_id").asText() + " " + cells[1]);
      }
    }
    crossings(json(name + ".crossings.json"), considered);
  }

  private static void crossings(JsonNode truth, HashSet<String> considered) {
    long counted = 0;
    for (var line : truth.get("lines")) {
      counted += line.get("to_right").asLong() + line.get("to_left").asLong();
    }
    assertThat(truth.get("crossings").size()).isPositive();
    assertThat(counted).isEqualTo(truth.get("crossings").size());
    for (var crossing : truth.get("crossings")) {
      int frame = crossing.get("frame").asInt();
      assertThat(frame).isEqualTo((int) Math.ceil(crossing.get("seconds").asDouble() * 12));
      assertThat(crossing.get("seen").asBoolean())
          .isEqualTo(considered.contains(frame + " " + crossing.get("track_id").asInt()));
    }
  }
}
