package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What whoever runs the first command sees: the model that comes with Vigil finds something. */
class DefaultModelTest {
  private static final Path STREETS = Path.of("../test-videos/streets");

  /** AP and AP50, in this order. */
  private static final Pattern PRECISION =
      Pattern.compile("IoU=0\\.50(?::0\\.95)? +\\| area= +all \\| maxDets=100 ] = (\\d\\.\\d+)");

  /** A viewpoint that training never saw; docs/default-model.md has the figures of all. */
  @Test
  void findsTheObjectsOfAStreetThatItNeverSaw() {
    var run = CommandLineRun.of("eval", "--video", STREETS.resolve("corner.mp4").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var found =
        PRECISION
            .matcher(run.out())
            .results()
            .map(precision -> Double.parseDouble(precision.group(1)))
            .toList();
    assertThat(found.get(0)).as(run.out()).isGreaterThan(0.52);
    assertThat(found.get(1)).as(run.out()).isGreaterThan(0.88);
  }
}
