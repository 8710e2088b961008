package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.Mask.Corner;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.DetectionRun;
import io.vigil.pipeline.testing.PresenceDetector;
import io.vigil.pipeline.testing.SharedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class MaskedStreamTest {

  private static final String CLIP = "closed_gop_h264.mp4";

  /** The right half. */
  private static final Mask RIGHT =
      new Mask(List.of(new Corner(0.5, 0), new Corner(1, 0), new Corner(1, 1), new Corner(0.5, 1)));

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static List<FrameEvent> events(String topic, StreamSettings settings) throws Exception {
    var files = Map.of(CLIP, Clips.variant(CLIP));
    var run = new DetectionRun(BROKER.connection(), topic, files, new PresenceDetector.Factory());
    run.stream(settings).checkpointsEvery(Duration.ofMillis(200)).finish();
    return run.events(topic).stream().map(event -> (FrameEvent) event.event()).toList();
  }

  private static boolean isRight(DetectedObject object) {
    return (object.x1() + object.x2()) / 2 > 80;
  }

  @Test
  void whoeverIsBelowAMaskIsInNoEvent() throws Exception {
    var open = events("open", StreamSettings.USUAL);
    var masked = events("masked", StreamSettings.masked(List.of(RIGHT)));
    assertThat(open).hasSize(Clips.frames(CLIP));
    assertThat(masked).hasSameSizeAs(open);
    assertThat(open)
        .allSatisfy(event -> assertThat(event.detections()).anyMatch(MaskedStreamTest::isRight));
    assertThat(masked)
        .allSatisfy(
            event ->
                assertThat(event.detections()).isNotEmpty().noneMatch(MaskedStreamTest::isRight));
    assertThat(masked.get(0).eventId()).isNotEqualTo(open.get(0).eventId());
  }
}
