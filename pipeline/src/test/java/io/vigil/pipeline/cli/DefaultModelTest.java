package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What whoever runs the first command sees: the model that comes with Vigil finds something. */
class DefaultModelTest {
  private static final Path STREETS = Path.of("../test-videos/streets");
  private static final Pattern AP50 =
      Pattern.compile("IoU=0\\.50 +\\| area= +all \\| maxDets=100 ] = (\\d\\.\\d+)");

  /** A viewpoint that training never saw; docs/default-model.md has the figures of all. */
  @Test
  void findsTheObjectsOfAStreetThatItNeverSaw() {
    var run = CommandLineRun.of("eval", "--video", STREETS.resolve("corner.mp4").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var found = AP50.matcher(run.out());
    assertThat(found.find()).as(run.out()).isTrue();
    assertThat(Double.parseDouble(found.group(1))).isGreaterThan(0.78);
  }
}
