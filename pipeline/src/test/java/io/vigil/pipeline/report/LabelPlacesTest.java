package io.vigil.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPlacesTest {
  private final LabelPlaces places = new LabelPlaces(400, 200, 2);

  @Test
  void theFirstIsAboveItsBoxAndInThePicture() {
    assertThat(places.next(box(50, 60, 30, 40), 70, 14)).isEqualTo(box(49, 45, 70, 14));
    assertThat(places.next(box(390, 2, 10, 100), 70, 14)).isEqualTo(box(330, 3, 70, 14));
  }

  @Test
  void noneLiesOnAnotherWhereThereIsRoom() {
    var labels = new ArrayList<Rectangle2D>();
    for (int i = 0; i < 12; i++) {
      labels.add(places.next(box(150 + i % 3, 90 + i, 60, 40), 70, 14));
    }
    labels.forEach(
        label ->
            assertThat(labels).filteredOn(other -> other != label).noneMatch(label::intersects));
    assertThat(labels).allMatch(new Rectangle2D.Double(0, 0, 400, 200)::contains);
  }

  @Test
  void aCrowdGetsPlacesTooAndSoDoesATinyPicture() {
    var tiny = new LabelPlaces(20, 10, 2);
    assertThat(List.of(tiny.next(box(0, 0, 20, 10), 20, 14), tiny.next(box(0, 0, 9, 9), 20, 14)))
        .doesNotContainNull();
    for (int i = 0; i < 100; i++) {
      assertThat(places.next(box(150, 90, 60, 40), 70, 14)).isNotNull();
    }
  }

  private static Rectangle2D box(double x, double y, double width, double height) {
    return new Rectangle2D.Double(x, y, width, height);
  }
}
