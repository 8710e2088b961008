package io.vigil.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoEvaluationGoldenTest {

  private static final double TOLERANCE = 1e-9;

  private static JsonNode golden(String name) throws IOException {
    try (var in =
        CocoEvaluationGoldenTest.class.getResourceAsStream("/golden/coco_eval/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static List<ScoredBox> detections(JsonNode json) {
    var detections = new ArrayList<ScoredBox>();
    for (var one : json) {
      detections.add(
          new ScoredBox(
              one.path("image_id").asLong(),
              one.path("category_id").asLong(),
              CocoData.box(one),
              one.path("score").asDouble()));
    }
    return detections;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "areas",
        "basic",
        "crowd",
        "empty",
        "id_zero",
        "ignore_field",
        "maxdets",
        "random",
        "thresholds",
        "ties"
      })
  void allFiguresAreThoseOfPycocotools(String name) throws IOException {
    var golden = golden(name);
    var metrics = CocoEvaluation.of(CocoData.of(golden.path("gt")), detections(golden.path("dt")));
    assertThat(
            new double[] {
              metrics.ap(),
              metrics.ap50(),
              metrics.ap75(),
              metrics.apSmall(),
              metrics.apMedium(),
              metrics.apLarge(),
              metrics.ar1(),
              metrics.ar10(),
              metrics.ar100(),
              metrics.arSmall(),
              metrics.arMedium(),
              metrics.arLarge()
            })
        .containsExactly(numbers(golden.path("stats")), within(TOLERANCE));
    assertThat(metrics.apByIou().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(numbers(golden.path("ap_per_iou")), within(TOLERANCE));
    metrics
        .apByCategory()
        .forEach(
            (id, ap) ->
                assertThat(ap)
                    .isCloseTo(
                        golden.path("ap_per_category").path("" + id).asDouble(),
                        within(TOLERANCE)));
    metrics
        .recallByCategory()
        .forEach(
            (id, recall) ->
                assertThat(recall)
                    .isCloseTo(
                        golden.path("recall_per_category").path("" + id).asDouble(),
                        within(TOLERANCE)));
    assertThat(metrics.apByCategory()).hasSize(golden.path("ap_per_category").size());
    assertThat(metrics.text().lines().toList()).isEqualTo(texts(golden.path("printed")));
  }

  private static double[] numbers(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static List<String> texts(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toList());
  }

  @Test
  void aDetectionOfAPictureThatIsNotInTheDataIsRefused() throws IOException {
    var data = CocoData.of(golden("basic").path("gt"));
    var stray = new ScoredBox(99, 1, new Box(0, 0, 1, 1), 1);
    assertThatThrownBy(() -> CocoEvaluation.of(data, List.of(stray)))
        .hasMessage("A detection is of the picture 99, which the ground truth does not have.");
  }

  @Test
  void aFileThatIsNotCocosIsToldWhatItLacks(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("a.json"), "{\"images\": [{\"id\": 1}]}");
    assertThatThrownBy(() -> CocoData.read(file))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("a.json: no COCO annotations (it has no list categories)");
  }
}
