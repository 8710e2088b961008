package io.vigil.connectors.video.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a reader counts, since it started; so frames decoded again after a restore count again here,
 * and not in the ledger. Their names: {@link MetricNames}.
 */
public final class VideoSourceMetrics {

  private final Counter framesDecoded;
  private final Counter framesDropped;
  private final Counter framesFailed;
  private final Counter streamsFailed;
  private final Counter decodeNanos;
  private final Counter letterboxNanos;
  private volatile long firstFrame;

  public VideoSourceMetrics(MetricGroup reader) {
    var group = reader.addGroup(MetricNames.VIDEO);
    framesDecoded = group.counter(MetricNames.FRAMES_DECODED);
    framesDropped = group.counter(MetricNames.FRAMES_DROPPED);
    framesFailed = group.counter(MetricNames.FRAMES_FAILED);
    streamsFailed = group.counter(MetricNames.STREAMS_FAILED);
    decodeNanos = group.counter(MetricNames.DECODE_NANOS);
    letterboxNanos = group.counter(MetricNames.LETTERBOX_NANOS);
    group.gauge(MetricNames.FIRST_FRAME_NANOS, (Gauge<Long>) () -> firstFrame);
  }

  public void frameDecoded(long nanos) {
    framesDecoded.inc();
    decodeNanos.inc(nanos);
    if (firstFrame == 0) {
      firstFrame = System.nanoTime();
    }
  }

  public void frameDropped() {
    framesDropped.inc();
  }

  public void frameLetterboxed(long nanos) {
    letterboxNanos.inc(nanos);
  }

  public void frameFailed() {
    framesFailed.inc();
  }

  public void streamFailed() {
    streamsFailed.inc();
  }
}
