package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

  @Test
  void findsTheNearest() {
    var classes = List.of("person", "bicycle", "car", "cat", "truck");
    assertThat(Suggestions.nearest("Persn", classes)).contains("person");
    assertThat(Suggestions.nearest("turck", classes)).contains("truck");
    assertThat(Suggestions.nearest("caR", classes)).contains("car");
  }

  @Test
  void suggestsNothingFarFetched() {
    assertThat(Suggestions.nearest("zebra", List.of("person", "car"))).isEmpty();
  }
}
