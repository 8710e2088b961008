package io.vigil.connectors.frames.reader;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/** A few elements of one split, handed over together. */
final class ElementBatch implements RecordsWithSplitIds<FrameElement> {

  static final ElementBatch EMPTY = new ElementBatch(null, List.of());

  private String nextSplit;
  private final Iterator<FrameElement> elements;
  private final Set<String> finished;

  ElementBatch(String splitId, List<FrameElement> elements) {
    this(splitId, elements, false);
  }

  ElementBatch(String splitId, List<FrameElement> elements, boolean finished) {
    this.finished = finished ? Set.of(splitId) : Set.of();
    this.nextSplit = splitId;
    this.elements = elements.iterator();
  }

  @Override
  public String nextSplit() {
    var split = nextSplit;
    nextSplit = null;
    return split;
  }

  @Override
  public FrameElement nextRecordFromSplit() {
    return elements.hasNext() ? elements.next() : null;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
