package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.enumerator.LastFileAssigned;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import io.vigil.connectors.video.split.VideoSplit;
import io.vigil.connectors.video.split.VideoSplitState;
import java.util.Map;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.io.InputStatus;

/** Decodes in a fetcher thread of its own and emits in the task's; asks for a file when idle. */
@SuppressWarnings("try") // Flink's close() throws Exception, which javac takes for interruption
public final class VideoSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        ReadElement, VideoRecord, VideoSplit, VideoSplitState> {

  /** Batches between decoding and emitting: frames are large. */
  private static final int QUEUED_BATCHES = 2;

  /** Of a fetcher that does not end because its read hangs; it ends by itself if the read does. */
  private static final long CLOSING_MILLIS = 2000;

  /** No stream's id, as it is not valid in one. */
  private static final String HOLD = "\0hold";

  private final ReadStop stop;
  private boolean hasLastFile;
  private boolean holdsWatermark;

  public VideoSourceReader(ReadSettings settings, SourceReaderContext context) {
    this(settings, new ReadStop(), VideoSourceMetrics.ofFiles(context.metricGroup()), context);
  }

  private VideoSourceReader(
      ReadSettings settings,
      ReadStop stop,
      VideoSourceMetrics metrics,
      SourceReaderContext context) {
    super(
        () -> splitReader(settings, stop, metrics),
        new VideoRecordEmitter(),
        options(context.getConfiguration()),
        context);
    this.stop = stop;
  }

  private static VideoSplitReader splitReader(
      ReadSettings settings, ReadStop stop, VideoSourceMetrics metrics) {
    var exactSeek = new ExactSeek(settings, ExactSeek.USUAL_BACK_OFFS, stop);
    return new VideoSplitReader(settings, exactSeek, metrics, stop);
  }

  private static Configuration options(Configuration configuration) {
    var copy = new Configuration(configuration);
    copy.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, QUEUED_BATCHES);
    copy.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, CLOSING_MILLIS);
    return copy;
  }

  /** Ends the read under way instead of waiting for it. */
  @Override
  public void close() throws Exception {
    stop.raise();
    super.close();
  }

  /**
   * The next file begins again at time 0. So no watermark leaves before the last file is being
   * read: an output that never emits holds it back.
   */
  @Override
  public InputStatus pollNext(ReaderOutput<VideoRecord> output) throws Exception {
    boolean otherFilesMayFollow = !hasLastFile || getNumberOfCurrentlyAssignedSplits() > 1;
    if (otherFilesMayFollow && !holdsWatermark) {
      output.createOutputForSplit(HOLD);
      holdsWatermark = true;
    } else if (!otherFilesMayFollow && holdsWatermark) {
      output.releaseOutputForSplit(HOLD);
      holdsWatermark = false;
    }
    return super.pollNext(output);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof LastFileAssigned) {
      hasLastFile = true;
    }
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, VideoSplitState> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected VideoSplitState initializedState(VideoSplit split) {
    return new VideoSplitState(split);
  }

  @Override
  protected VideoSplit toSplitType(String splitId, VideoSplitState state) {
    return state.toSplit();
  }
}
