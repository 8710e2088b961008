package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import io.vigil.connectors.video.split.FrameAnchor;
import io.vigil.connectors.video.split.VideoSplit;
import io.vigil.connectors.video.split.VideoSplitSerializer;
import io.vigil.connectors.video.split.VideoSplitState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * What reading a split gave.
 *
 * @param elements each as text that differs if anything of it does, pixels included
 * @param checkpoints the split behind each element, as a checkpoint would keep it
 */
record Reading(List<String> elements, List<VideoSplit> checkpoints) {

  static final LetterboxSettings SMALL =
      new LetterboxSettings(160, 32, false, new Fill(124, 116, 104));

  static final ReadSettings EVERYTHING =
      new ReadSettings(
          SMALL, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, DecoderThreads.EVERY_CORE);

  static Reading of(VideoSplit split, ReadSettings settings, List<Double> backOffs)
      throws IOException {
    var reading = new Reading(new ArrayList<>(), new ArrayList<>());
    var state = new VideoSplitState(split);
    var metrics = VideoSourceMetrics.ofFiles(new UnregisteredMetricsGroup());
    var stop = new ReadStop();
    var exactSeek = new ExactSeek(settings, backOffs, stop);
    try (var file = new VideoFileReader(split, settings, exactSeek, metrics, stop)) {
      for (var element = file.next(); element != null; element = file.next()) {
        state.advance(element.record(), element.after());
        reading.elements.add(text(element));
        reading.checkpoints.add(throughCheckpoint(state.toSplit()));
      }
    }
    return reading;
  }

  private static VideoSplit throughCheckpoint(VideoSplit split) throws IOException {
    var serializer = VideoSplitSerializer.INSTANCE;
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
  }

  private static String text(ReadElement element) {
    var record =
        element.record() instanceof VideoFrame frame
            ? "frame "
                + frame.seq()
                + " at "
                + frame.pts()
                + " in "
                + frame.letterbox()
                + " of "
                + frame.session()
                + " crc "
                + FrameAnchor.crc(frame.rgb())
            : String.valueOf(element.record());
    return record + " -> " + element.after();
  }
}
