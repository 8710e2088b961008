package io.vigil.connectors.video.split;

import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A split while it is read. It holds on to the last few frames emitted, so that their checksums are
 * computed when a checkpoint asks, not for every frame; the pixels never enter the state.
 */
public final class VideoSplitState {

  /** Enough to see that frames after a seek follow each other without a gap. */
  private static final int ANCHORS = 4;

  private final VideoSplit split;
  private VideoPosition position;
  private final Deque<VideoFrame> frames = new ArrayDeque<>(ANCHORS);

  public VideoSplitState(VideoSplit split) {
    this.split = split;
    this.position = split.position();
  }

  /**
   * @param record that was emitted; null if a frame was passed over
   * @param newPosition behind it
   */
  public void advance(VideoRecord record, VideoPosition newPosition) {
    position = newPosition;
    if (record instanceof VideoFrame frame) {
      if (frames.size() == ANCHORS) {
        frames.removeFirst();
      }
      frames.addLast(frame);
    }
  }

  public VideoSplit toSplit() {
    return new VideoSplit(split.streamId(), split.path(), position, anchors());
  }

  /** Those of the split itself as long as the frames emitted since are too few. */
  private List<FrameAnchor> anchors() {
    var anchors = new ArrayList<>(split.anchors());
    frames.forEach(frame -> anchors.add(FrameAnchor.of(frame)));
    return anchors.subList(Math.max(0, anchors.size() - ANCHORS), anchors.size());
  }
}
