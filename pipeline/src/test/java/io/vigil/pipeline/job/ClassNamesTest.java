package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.runtime.ModelMetadata.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
  private static final List<Label> LABELS =
      List.of(new Label(1, "person"), new Label(3, "car"), new Label(10, "traffic light"));

  @Test
  void findsPlacesInTheLabelMap() {
    assertThat(ClassNames.indices(List.of("Car", "traffic light"), LABELS, "x")).containsOnly(1, 2);
  }

  @Test
  void knowsALabelByAWordOfIt() {
    assertThatThrownBy(() -> ClassNames.indices(List.of("light"), LABELS, "x"))
        .hasMessageContaining("Did you mean traffic light?");
  }

  @Test
  void tellsAllUnknownOnesAndWhatWasMeant() {
    assertThatThrownBy(() -> ClassNames.indices(List.of("carr", "person", "qqqqqqqq"), LABELS, "x"))
        .hasMessage(
            """
            x has 2 problems:
              detection.classes: carr: the model knows no such class. Did you mean car? It has 3: person, car, traffic light, ...
              detection.classes: qqqqqqqq: the model knows no such class. It has 3: person, car, traffic light, ...""");
  }
}
