package io.vigil.connectors.video.state;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * State of an enumerator: the splits that no reader has yet.
 *
 * @param splits in the order in which they go out
 * @param <SplitT> of the source
 */
public record UnassignedSplits<SplitT extends SourceSplit>(List<SplitT> splits) {

  public UnassignedSplits {
    splits = List.copyOf(splits);
  }
}
