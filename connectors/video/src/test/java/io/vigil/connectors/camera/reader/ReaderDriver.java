package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;

/** Does to a reader what a task does, record by record. */
final class ReaderDriver implements AutoCloseable {

  /** Far longer than anything that is waited for. */
  private static final int PATIENCE_SECONDS = 60;

  private static final LetterboxSettings LETTERBOX =
      new LetterboxSettings(160, 16, false, new Fill(124, 116, 104));

  private final CameraSourceReader reader = new CameraSourceReader(LETTERBOX, new Context());
  private final Output output = new Output();

  static ReaderDriver of(CameraDefinition... cameras) {
    return of(List.of(cameras).stream().map(CameraSplit::unread).toList());
  }

  static ReaderDriver of(List<CameraSplit> splits) {
    var driver = new ReaderDriver();
    driver.reader.start();
    driver.reader.addSplits(splits);
    return driver;
  }

  /** Waits for the next record of any camera. */
  VideoRecord next() throws Exception {
    while (output.records.isEmpty()) {
      reader.isAvailable().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      reader.pollNext(output);
    }
    return output.records.remove();
  }

  VideoFrame nextFrame(Predicate<VideoFrame> wanted) throws Exception {
    while (true) {
      if (next() instanceof VideoFrame frame && wanted.test(frame)) {
        return frame;
      }
    }
  }

  StreamNotice nextNotice(StreamNotice.Kind kind) throws Exception {
    while (true) {
      if (next() instanceof StreamNotice notice && notice.kind() == kind) {
        return notice;
      }
    }
  }

  /** That hold watermarks back. */
  Set<String> outputs() {
    return output.splits;
  }

  long lastTimestamp() {
    return output.lastTimestamp;
  }

  List<CameraSplit> snapshot() {
    return reader.snapshotState(1);
  }

  @Override
  public void close() {
    reader.close();
  }

  private static final class Output implements ReaderOutput<VideoRecord> {
    private final Queue<VideoRecord> records = new ArrayDeque<>();
    private final Set<String> splits = new HashSet<>();
    private long lastTimestamp;

    @Override
    public void collect(VideoRecord record) {
      throw new IllegalStateException("a record without a timestamp");
    }

    @Override
    public void collect(VideoRecord record, long timestamp) {
      records.add(record);
      lastTimestamp = timestamp;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new IllegalStateException("watermarks are not the reader's");
    }

    @Override
    public void markIdle() {
      // Of a split; its release is what is looked at.
    }

    @Override
    public void markActive() {
      throw new IllegalStateException("never called");
    }

    @Override
    public SourceOutput<VideoRecord> createOutputForSplit(String split) {
      splits.add(split);
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {
      splits.remove(split);
    }
  }

  private static final class Context implements SourceReaderContext {

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSplitRequest() {
      throw new IllegalStateException("cameras are given without being asked for");
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      throw new IllegalStateException("there is no event to send");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new IllegalStateException("no code of users is loaded");
    }
  }
}
