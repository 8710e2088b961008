package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.StreamLog;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import io.vigil.connectors.video.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/** Reads the files it is given one after the other, so at most one decoder is open. */
final class VideoSplitReader implements SplitReader<ReadElement, VideoSplit> {

  /** A few frames spare most of the hand-over between threads; more would only fill memory. */
  private static final int FRAMES_PER_FETCH = 4;

  /** Frames passed over hold no pixels; still, a fetch must come to an end. */
  private static final int ELEMENTS_PER_FETCH = 64;

  private final ReadSettings settings;
  private final ExactSeek exactSeek;
  private final VideoSourceMetrics metrics;
  private final ReadStop stop;
  private final Deque<VideoSplit> waiting = new ArrayDeque<>();
  private VideoSplit split;
  private VideoFileReader file;

  VideoSplitReader(
      ReadSettings settings, ExactSeek exactSeek, VideoSourceMetrics metrics, ReadStop stop) {
    this.settings = settings;
    this.exactSeek = exactSeek;
    this.metrics = metrics;
    this.stop = stop;
  }

  @Override
  public RecordsWithSplitIds<ReadElement> fetch() {
    if (file == null) {
      split = waiting.removeFirst();
      file = new VideoFileReader(split, settings, exactSeek, metrics, stop);
    }
    StreamLog.enter(split.streamId());
    try {
      return read();
    } finally {
      StreamLog.leave();
    }
  }

  private RecordsWithSplitIds<ReadElement> read() {
    var elements = new ArrayList<ReadElement>();
    int frames = 0;
    while (frames < FRAMES_PER_FETCH && elements.size() < ELEMENTS_PER_FETCH) {
      var element = file.next();
      if (stop.isRaised()) {
        break; // what came of a read that was ended says nothing of the file
      }
      if (element == null) {
        close();
        return new ReadBatch(split.splitId(), elements, true);
      }
      elements.add(element);
      frames += element.record() == null ? 0 : 1;
    }
    return new ReadBatch(split.splitId(), elements, false);
  }

  @Override
  public void handleSplitsChanges(SplitsChange<VideoSplit> change) {
    waiting.addAll(change.splits());
  }

  @Override
  public void wakeUp() {
    // It comes for new splits too, and must not end a read for those; closing has ReadStop.
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
