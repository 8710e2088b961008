package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "20ms, 20",
    "1.5s, 1500",
    "1m30s, 90000",
    "2h, 7200000",
    "0, 0",
    "1h2m3s4ms, 3723004"
  })
  void readsUnits(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"90, 90000", "1:30, 90000", "1:02:03.5, 3723500", "250ms, 250", "0.04, 40"})
  void readsPositions(String text, long millis) {
    assertThat(Durations.parsePosition(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1s", "1:", "s", "1d", "1:2:3:4", "ten", "1s1m"})
  void refuses(String text) {
    assertThat(Durations.parsePosition(text)).isEmpty();
  }
}
