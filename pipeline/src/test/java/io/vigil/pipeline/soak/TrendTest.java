package io.vigil.pipeline.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vigil.pipeline.soak.Trend.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void aLineHasItsSlopeAndNoError() {
    var trend = Trend.of(List.of(new Point(1, 5), new Point(2, 8), new Point(5, 17)));
    assertThat(trend.slope()).isCloseTo(3, within(1e-12));
    assertThat(trend.error()).isCloseTo(0, within(1e-12));
    assertThat(trend.risesBy(2.9)).isTrue();
    assertThat(trend.risesBy(3.1)).isFalse();
  }

  /** As R's lm(c(1, 3, 2, 5) ~ c(1, 2, 3, 4)) has it. */
  @Test
  void theErrorIsThatOfLeastSquares() {
    var trend =
        Trend.of(List.of(new Point(1, 1), new Point(2, 3), new Point(3, 2), new Point(4, 5)));
    assertThat(trend.slope()).isCloseTo(1.1, within(1e-9));
    assertThat(trend.error()).isCloseTo(0.5196152, within(1e-6));
  }

  @Test
  void whatOnlySwingsDoesNotRise() {
    var swing = IntStream.range(0, 50).mapToObj(i -> new Point(i, 100 + (i % 5))).toList();
    assertThat(Trend.of(swing).risesBy(0)).isFalse();
  }

  @Test
  void twoPointsAreNoTrend() {
    assertThatThrownBy(() -> Trend.of(List.of(new Point(1, 1), new Point(2, 2))))
        .hasMessage("a trend needs three points at different places");
  }
}
