package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.split.FramesSplitState;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

/** Emits a record and moves the split's state behind it, in the task's thread. */
final class FrameElementEmitter
    implements RecordEmitter<FrameElement, VideoRecord, FramesSplitState> {

  private final Counter recordsIn;

  /**
   * @param recordsIn which Flink raises for each element; it is to count records of the topic
   */
  FrameElementEmitter(Counter recordsIn) {
    this.recordsIn = recordsIn;
  }

  @Override
  public void emitRecord(
      FrameElement element, SourceOutput<VideoRecord> output, FramesSplitState state) {
    if (!element.isLast()) {
      recordsIn.dec();
    }
    if (element.record() != null) {
      output.collect(element.record(), state.timestamp(element.millis()));
    }
    if (element.stream() == null) {
      state.advance(element.nextOffset());
    } else {
      var frame = element.record() instanceof VideoFrame emitted ? emitted : null;
      state.advance(element.nextOffset(), element.stream(), element.after(), frame);
    }
  }
}
