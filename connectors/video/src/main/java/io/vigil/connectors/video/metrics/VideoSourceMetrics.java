package io.vigil.connectors.video.metrics;

import io.vigil.connectors.video.split.FrameReasons;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a reader of files or of a topic tells of itself. Updated by its fetcher's thread only. What
 * each means: {@link VigilMetric}.
 */
public final class VideoSourceMetrics {

  private final StreamsInMetrics<ReaderStreamMetrics> streams;
  private final Counter streamsFailed;
  private final Counter decodeNanos;
  private final Counter letterboxNanos;
  private volatile long firstFrame;

  private VideoSourceMetrics(MetricGroup reader, boolean ofTopic) {
    streams =
        new StreamsInMetrics<>(
            id -> stream(new StreamGroup(reader, id), ofTopic), ReaderStreamMetrics::close);
    streamsFailed = ofTopic ? null : VigilMetric.STREAMS_FAILED.counter(reader);
    decodeNanos = VigilMetric.DECODE_NANOS.counter(reader);
    letterboxNanos = VigilMetric.LETTERBOX_NANOS.counter(reader);
    VigilMetric.FIRST_FRAME_NANOS.gauge(reader, () -> firstFrame);
  }

  public static VideoSourceMetrics ofFiles(MetricGroup reader) {
    return new VideoSourceMetrics(reader, false);
  }

  public static VideoSourceMetrics ofTopic(MetricGroup reader) {
    return new VideoSourceMetrics(reader, true);
  }

  private ReaderStreamMetrics stream(StreamGroup group, boolean ofTopic) {
    return ofTopic
        ? new ReaderStreamMetrics(
            group,
            List.of(FrameReasons.KEY_FRAME),
            List.of(FrameReasons.RECORD, FrameReasons.DECODE, FrameReasons.LETTERBOX),
            true,
            this)
        : new ReaderStreamMetrics(
            group,
            List.of(FrameReasons.SAMPLING, FrameReasons.RANGE),
            List.of(FrameReasons.LETTERBOX),
            false,
            this);
  }

  public ReaderStreamMetrics of(String streamId) {
    return streams.of(streamId);
  }

  public void ended(String streamId) {
    streams.ended(streamId);
  }

  void frameDecoded(long nanos) {
    decodeNanos.inc(nanos);
    if (firstFrame == 0) {
      firstFrame = System.nanoTime();
    }
  }

  void frameLetterboxed(long nanos) {
    letterboxNanos.inc(nanos);
  }

  /** Of a reader of files. */
  public void streamFailed() {
    streamsFailed.inc();
  }
}
