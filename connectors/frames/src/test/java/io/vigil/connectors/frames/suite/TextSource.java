package io.vigil.connectors.frames.suite;

import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A source whose frames come out as texts, which can be compared; all else is its own. */
record TextSource<SplitT extends SourceSplit, StateT>(Source<VideoRecord, SplitT, StateT> source)
    implements Source<String, SplitT, StateT>, ResultTypeQueryable<String> {

  static String text(String stream, long pts) {
    return stream + " at " + pts;
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<SplitT, StateT> createEnumerator(SplitEnumeratorContext<SplitT> context)
      throws Exception {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<SplitT, StateT> restoreEnumerator(
      SplitEnumeratorContext<SplitT> context, StateT state) throws Exception {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<StateT> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public SourceReader<String, SplitT> createReader(SourceReaderContext context) throws Exception {
    return new Reader<>(source.createReader(context));
  }

  @Override
  public TypeInformation<String> getProducedType() {
    return Types.STRING;
  }

  @SuppressWarnings("try") // Flink's close() throws Exception, which javac takes for interruption
  private record Reader<SplitT extends SourceSplit>(SourceReader<VideoRecord, SplitT> reader)
      implements SourceReader<String, SplitT> {

    @Override
    public void start() {
      reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) throws Exception {
      return reader.pollNext(new Output(output));
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
      return reader.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return reader.isAvailable();
    }

    @Override
    public void addSplits(List<SplitT> splits) {
      reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
      reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
      reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }

  private static class SplitOutput implements SourceOutput<VideoRecord> {
    private final SourceOutput<String> output;

    SplitOutput(SourceOutput<String> output) {
      this.output = output;
    }

    @Override
    public void collect(VideoRecord record) {
      if (record instanceof VideoFrame frame) {
        output.collect(text(frame.streamId(), frame.pts()));
      }
    }

    @Override
    public void collect(VideoRecord record, long timestamp) {
      if (record instanceof VideoFrame frame) {
        output.collect(text(frame.streamId(), frame.pts()), timestamp);
      }
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      output.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      output.markIdle();
    }

    @Override
    public void markActive() {
      output.markActive();
    }
  }

  private static final class Output extends SplitOutput implements ReaderOutput<VideoRecord> {
    private final ReaderOutput<String> output;

    Output(ReaderOutput<String> output) {
      super(output);
      this.output = output;
    }

    @Override
    public SourceOutput<VideoRecord> createOutputForSplit(String splitId) {
      return new SplitOutput(output.createOutputForSplit(splitId));
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      output.releaseOutputForSplit(splitId);
    }
  }
}
