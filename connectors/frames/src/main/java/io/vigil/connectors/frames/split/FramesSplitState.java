package io.vigil.connectors.frames.split;

import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.split.FrameAnchor;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A split while it is read. It holds on to the last frame of each stream that would have to be
 * decoded again, so that its checksum is computed when a checkpoint asks, not for every frame; the
 * pixels never enter the state.
 */
public final class FramesSplitState {

  private final FramesSplit split;
  private final TreeMap<String, StreamPosition> streams;
  private final Map<String, VideoFrame> lastFrames = new HashMap<>();
  private long nextOffset;
  private long timestamp;

  public FramesSplitState(FramesSplit split) {
    this.split = split;
    this.streams = new TreeMap<>(split.streams());
    this.nextOffset = split.nextOffset();
    this.timestamp = split.timestamp();
  }

  /** The timestamp of a record: that time, or the last record's where time goes back. */
  public long timestamp(long millis) {
    timestamp = Math.max(timestamp, millis);
    return timestamp;
  }

  /** Behind one more element, of no stream. */
  public void advance(long newNextOffset) {
    nextOffset = newNextOffset;
  }

  /**
   * Behind one more element of a stream.
   *
   * @param position null if its session is over
   * @param frame that was emitted, if one was
   */
  public void advance(
      long newNextOffset, String stream, StreamPosition position, VideoFrame frame) {
    nextOffset = newNextOffset;
    if (position == null) {
      streams.remove(stream);
    } else {
      streams.put(stream, position);
    }
    if (position == null || position.points().isEmpty()) {
      lastFrames.remove(stream);
    } else if (frame != null) {
      lastFrames.put(stream, frame);
    }
  }

  public FramesSplit toSplit() {
    var anchored = new TreeMap<String, StreamPosition>();
    streams.forEach((stream, position) -> anchored.put(stream, anchored(stream, position)));
    return new FramesSplit(
        split.topic(), split.partition(), split.endOffset(), nextOffset, timestamp, anchored);
  }

  private StreamPosition anchored(String stream, StreamPosition position) {
    var frame = lastFrames.get(stream);
    return frame == null ? position : position.withAnchor(FrameAnchor.of(frame));
  }
}
