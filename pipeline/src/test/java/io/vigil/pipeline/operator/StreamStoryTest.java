package io.vigil.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.events.StreamEvent.Ledger;
import io.vigil.pipeline.testing.LogLines;
import io.vigil.pipeline.testing.LogLines.Line;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

class StreamStoryTest {

  private static void tell(Kind kind, String detail) {
    var dropped = new TreeMap<>(Map.of("sampling", 2L));
    var none = new TreeMap<String, Long>();
    StreamStory.tell(
        new StreamNotice("gate", "5f", kind, 9, dropped, none, detail),
        new Ledger(9, 7, dropped, none));
  }

  @Test
  void everyLineHasTheStreamInItAndInItsContext() {
    try (var log = LogLines.open()) {
      tell(Kind.CONNECTED, "");
      tell(Kind.STALLED, "no frame for 5000 ms");
      tell(Kind.ENDED, "");
      assertThat(log.lines())
          .containsExactly(
              new Line(Level.INFO, "gate", "gate connected"),
              new Line(Level.WARN, "gate", "gate stalled: no frame for 5000 ms"),
              new Line(
                  Level.INFO,
                  "gate",
                  "gate ended; decoded 9, detected 7, dropped {sampling=2}, failed {}"));
    }
  }
}
