package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.split.VideoSplitState;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Emits a record and moves the split's state behind it, in the task's thread. */
final class VideoRecordEmitter implements RecordEmitter<ReadElement, VideoRecord, VideoSplitState> {

  @Override
  public void emitRecord(
      ReadElement element, SourceOutput<VideoRecord> output, VideoSplitState state) {
    if (element.record() != null) {
      output.collect(element.record(), element.after().timestamp());
    }
    state.advance(element.record(), element.after());
  }
}
