package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.runtime.ModelMetadata.Label;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
  private static final List<Label> LABELS =
      List.of(new Label(1, "person"), new Label(3, "car"), new Label(10, "traffic light"));

  private final List<Problem> problems = new ArrayList<>();
  private final ClassNames names = new ClassNames(LABELS, problems);

  @Test
  void findsPlacesInTheLabelMap() {
    assertThat(names.indices("x", "Car")).containsExactly(1);
    assertThat(names.indices("x", "traffic light")).containsExactly(2);
    assertThat(problems).isEmpty();
  }

  @Test
  void knowsALabelByAWordOfIt() {
    names.indices("x", "light");
    assertThat(problems.get(0).rule()).contains("Did you mean traffic light?");
  }

  @Test
  void tellsAllUnknownOnesAndWhatWasMeant() {
    names.indices("detection.classes", "carr");
    names.indices("detection.class-scores", "qqqqqqqq");
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "detection.classes: carr: the model knows no such class. Did you mean car? It has 3:"
                + " person, car, traffic light, ...",
            "detection.class-scores: qqqqqqqq: the model knows no such class. It has 3: person,"
                + " car, traffic light, ...");
  }
}
