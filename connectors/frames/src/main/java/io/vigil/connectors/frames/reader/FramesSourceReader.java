package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.frames.split.FramesSplitState;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Polls and decodes in a fetcher thread of its own, and emits in the task's. */
@SuppressWarnings("try") // Flink's close() throws Exception, which javac takes for interruption
public final class FramesSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        FrameElement, VideoRecord, FramesSplit, FramesSplitState> {

  /** Batches between decoding and emitting: frames are large. */
  private static final int QUEUED_BATCHES = 2;

  private static final long CLOSING_MILLIS = 5000;

  /** Records that are held at a time: each may have megabytes. */
  private static final String MOST_RECORDS = "16";

  public FramesSourceReader(
      KafkaConnection connection, FramesSettings settings, SourceReaderContext context) {
    super(
        () ->
            new FramesSplitReader(
                consumer(connection), settings, VideoSourceMetrics.ofTopic(context.metricGroup())),
        new FrameElementEmitter(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
        options(context.getConfiguration()),
        context);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection) {
    var own =
        Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "none",
            "max.poll.records", MOST_RECORDS,
            "allow.auto.create.topics", "false");
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(connection.properties(own), bytes, bytes);
  }

  private static Configuration options(Configuration configuration) {
    var copy = new Configuration(configuration);
    copy.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, QUEUED_BATCHES);
    copy.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, CLOSING_MILLIS);
    return copy;
  }

  /** Says that it has nothing to read, which matters if reading ends. */
  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, FramesSplitState> finished) {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected FramesSplitState initializedState(FramesSplit split) {
    return new FramesSplitState(split);
  }

  @Override
  protected FramesSplit toSplitType(String splitId, FramesSplitState state) {
    return state.toSplit();
  }
}
