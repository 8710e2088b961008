package io.vigil.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.golden.GoldenFile;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Anchors of google/automl and effdet, square and not. */
class AnchorsGoldenTest {
  /** One unit in the last place of float32 at 1000 pixels. */
  private static final Offset<Double> ONE_ULP = within(6.2e-5);

  static Stream<Named<JsonNode>> cases() {
    var cases = GoldenFile.read("training/anchors.json").get("cases");
    return StreamSupport.stream(cases.spliterator(), false)
        .map(c -> Named.of(c.get("sample_name").asText(), c));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areTheReferences(JsonNode golden) {
    var ratios =
        golden.get("aspect").asText().equals("pairs")
            ? AnchorLayout.pairs()
            : AnchorLayout.squareRoots();
    var layout = new AnchorLayout(3, 7, 4, 3, ratios);
    var anchors = Anchors.of(layout, golden.get("H").asInt(), golden.get("W").asInt());

    assertThat(anchors.count()).isEqualTo(golden.get("total").asInt());
    var first = golden.get("first27_y1x1y2x2");
    for (int i = 0; i < first.size(); i++) {
      assertEdges(anchors.get(i), first.get(i));
    }
    var sampled = golden.get("idx");
    assertThat(sampled.size()).isEqualTo(64);
    for (int i = 0; i < sampled.size(); i++) {
      assertEdges(anchors.get(sampled.get(i).asInt()), golden.get("val").get(i));
    }
  }

  private static void assertEdges(Anchors.Anchor anchor, JsonNode y1x1y2x2) {
    var box = BoxCoder.decode(anchor, 0, 0, 0, 0);
    var edges = List.of(box.y1(), box.x1(), box.y2(), box.x2());
    for (int i = 0; i < 4; i++) {
      assertThat(edges.get(i)).isCloseTo(y1x1y2x2.get(i).asDouble(), ONE_ULP);
    }
  }

  /** The model table's totals; lite0's level 7 has a stride of 320 / 3. */
  @ParameterizedTest
  @CsvSource({
    "512, 7, 49104",
    "1536, 7, 441936",
    "1536, 8, 442260",
    "320, 7, 19206",
    "448, 7, 37629"
  })
  void areAsManyAsPublished(int resolution, int maxLevel, int count) {
    var layout = new AnchorLayout(3, maxLevel, 4, 3, AnchorLayout.pairs());
    var anchors = Anchors.of(layout, resolution, resolution);
    assertThat(anchors.count()).isEqualTo(count);
    var last = anchors.get(count - 1);
    int places = (int) Math.ceil(resolution / Math.pow(2, maxLevel));
    double stride = (double) resolution / places;
    assertThat(last.centreX()).isCloseTo(resolution - stride / 2, within(1e-9));
  }

  @Test
  void refusesAnAnchorOfAnotherShape() {
    var anchors = Anchors.of(new AnchorLayout(3, 7, 4, 3, AnchorLayout.pairs()), 128, 128);
    assertThatThrownBy(() -> anchors.get(3069))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Anchor 3069 of 3069: the candidates are of another picture shape");
  }
}
