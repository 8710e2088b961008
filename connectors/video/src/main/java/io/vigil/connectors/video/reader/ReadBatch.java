package io.vigil.connectors.video.reader;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/** A few elements of one split, handed over together. */
final class ReadBatch implements RecordsWithSplitIds<ReadElement> {

  private String nextSplit;
  private final Iterator<ReadElement> elements;
  private final Set<String> finished;

  ReadBatch(String splitId, List<ReadElement> elements, boolean finished) {
    this.nextSplit = splitId;
    this.elements = elements.iterator();
    this.finished = finished ? Set.of(splitId) : Set.of();
  }

  @Override
  public String nextSplit() {
    var split = nextSplit;
    nextSplit = null;
    return split;
  }

  @Override
  public ReadElement nextRecordFromSplit() {
    return elements.hasNext() ? elements.next() : null;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
