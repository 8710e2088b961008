package io.vigil.connectors.video.split;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file, and how far it was read.
 *
 * @param streamId also the split's id, as every stream is one file
 * @param path of the file, on every machine that may read it
 * @param anchors the last frames emitted, oldest first
 */
public record VideoSplit(
    String streamId, String path, VideoPosition position, List<FrameAnchor> anchors)
    implements SourceSplit {

  public VideoSplit {
    anchors = List.copyOf(anchors);
  }

  public static VideoSplit unread(String streamId, String path) {
    return new VideoSplit(streamId, path, VideoPosition.START, List.of());
  }

  @Override
  public String splitId() {
    return streamId;
  }
}
