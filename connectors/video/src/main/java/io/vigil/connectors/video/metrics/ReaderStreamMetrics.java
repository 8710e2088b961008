package io.vigil.connectors.video.metrics;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** What a reader of files or of a topic tells of one stream. */
public final class ReaderStreamMetrics {

  private final StreamGroup group;
  private final VideoSourceMetrics reader;
  private final Counter framesDecoded;
  private final Histogram decodeTime;
  private final Histogram letterboxTime;
  private final Counter deadLetters;

  ReaderStreamMetrics(
      StreamGroup group,
      List<String> reasons,
      List<String> stages,
      boolean refuses,
      VideoSourceMetrics reader) {
    this.group = group;
    this.reader = reader;
    framesDecoded = group.counter(VigilMetric.FRAMES_DECODED);
    decodeTime = group.histogram(VigilMetric.DECODE_TIME);
    letterboxTime = group.histogram(VigilMetric.LETTERBOX_TIME);
    deadLetters = refuses ? group.counter(VigilMetric.DEAD_LETTERS) : null;
    reasons.forEach(group::dropped);
    stages.forEach(group::failed);
  }

  public void frameDecoded(long nanos) {
    framesDecoded.inc();
    decodeTime.update(TimeUnit.NANOSECONDS.toMicros(nanos));
    reader.frameDecoded(nanos);
  }

  public void frameLetterboxed(long nanos) {
    letterboxTime.update(TimeUnit.NANOSECONDS.toMicros(nanos));
    reader.frameLetterboxed(nanos);
  }

  /**
   * @param reason of {@link io.vigil.connectors.video.split.FrameReasons}
   */
  public void frameDropped(String reason) {
    group.dropped(reason).inc();
  }

  /**
   * @param stage of {@link io.vigil.connectors.video.split.FrameReasons}
   */
  public void frameFailed(String stage) {
    group.failed(stage).inc();
  }

  /** Of a topic. */
  public void recordRefused() {
    deadLetters.inc();
  }

  void close() {
    group.close();
  }
}
