package io.vigil.pipeline.operator;

import io.vigil.connectors.video.StreamLog;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.events.StreamEvent.Ledger;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to streams, as the log of a task tells it; each line begins with the stream's id.
 */
final class StreamStory {

  private static final Logger LOG = LoggerFactory.getLogger(StreamStory.class);

  private StreamStory() {}

  /** What was told on the streams' topic. */
  static void tell(StreamNotice notice, Ledger ledger) {
    var what = notice.kind().name().toLowerCase(Locale.ROOT);
    var why = notice.detail().isEmpty() ? "" : ": " + notice.detail();
    StreamLog.enter(notice.streamId());
    try {
      switch (notice.kind()) {
        case FAILED, STALLED, REFUSED -> LOG.warn("{} {}{}", notice.streamId(), what, why);
        case ENDED ->
            LOG.info(
                "{} {}{}; decoded {}, detected {}, dropped {}, failed {}",
                notice.streamId(),
                what,
                why,
                ledger.decoded(),
                ledger.detected(),
                ledger.dropped(),
                ledger.failed());
        case CONNECTED, RECONNECTED, GAP -> LOG.info("{} {}{}", notice.streamId(), what, why);
      }
    } finally {
      StreamLog.leave();
    }
  }
}
