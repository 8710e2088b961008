package io.vigil.connectors.video.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a reader counts, since it started; so frames decoded again after a restore count again here,
 * and not in the ledger.
 *
 * <p>Full names: {@code <host>.taskmanager.<id>.<job>.<source>.<subtask>.video.<name>}.
 */
public final class VideoSourceMetrics {

  /** Group of all of these. */
  public static final String GROUP = "video";

  /** Frames that came out of the decoder. */
  public static final String FRAMES_DECODED = "framesDecoded";

  /** Of these, frames passed over by sampling or by the time range. */
  public static final String FRAMES_DROPPED = "framesDropped";

  /** Of these, frames that could not be converted. */
  public static final String FRAMES_FAILED = "framesFailed";

  /** Files that could not be opened or read to their end. */
  public static final String STREAMS_FAILED = "streamsFailed";

  /** Time spent waiting for the decoder, nanoseconds. */
  public static final String DECODE_NANOS = "decodeNanos";

  /** Time spent on conversion to RGB, resizing and padding, nanoseconds. */
  public static final String LETTERBOX_NANOS = "letterboxNanos";

  /** Time of the monotonic clock when the first frame had been decoded; 0 before. */
  public static final String FIRST_FRAME_NANOS = "firstFrameNanos";

  private final Counter framesDecoded;
  private final Counter framesDropped;
  private final Counter framesFailed;
  private final Counter streamsFailed;
  private final Counter decodeNanos;
  private final Counter letterboxNanos;
  private volatile long firstFrame;

  public VideoSourceMetrics(MetricGroup reader) {
    var group = reader.addGroup(GROUP);
    framesDecoded = group.counter(FRAMES_DECODED);
    framesDropped = group.counter(FRAMES_DROPPED);
    framesFailed = group.counter(FRAMES_FAILED);
    streamsFailed = group.counter(STREAMS_FAILED);
    decodeNanos = group.counter(DECODE_NANOS);
    letterboxNanos = group.counter(LETTERBOX_NANOS);
    group.gauge(FIRST_FRAME_NANOS, (Gauge<Long>) () -> firstFrame);
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
