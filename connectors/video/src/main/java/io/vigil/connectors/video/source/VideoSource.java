package io.vigil.connectors.video.source;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.enumerator.VideoEnumerator;
import io.vigil.connectors.video.reader.ReadSettings;
import io.vigil.connectors.video.reader.VideoSourceReader;
import io.vigil.connectors.video.split.VideoSplit;
import io.vigil.connectors.video.split.VideoSplitSerializer;
import io.vigil.connectors.video.state.UnassignedSplits;
import io.vigil.connectors.video.state.UnassignedSplitsSerializer;
import java.util.ArrayList;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Letterboxed frames of video files.
 *
 * <pre>{@code
 * VideoSource source =
 *     VideoSource.builder()
 *         .addFile("street", Path.of("street.mp4"))
 *         .setLetterbox(new LetterboxSettings(512, 128, false, new Fill(124, 116, 104)))
 *         .build();
 * DataStream<VideoRecord> records =
 *     environment.fromSource(
 *         source, WatermarkStrategy.forMonotonousTimestamps(), "video");
 * }</pre>
 *
 * <p>Of each file come {@code CONNECTED}, its frames in presentation order, then {@code ENDED}, or
 * {@code FAILED} with the reason (alone, if it cannot be opened). A file that fails does not fail
 * the job. The source is bounded.
 *
 * <p>The position is part of the checkpoint, and a restored job goes on at the very next frame. A
 * record's timestamp is its pts in milliseconds, or the last one's where the pts goes back, so
 * monotonous watermarks never overtake a frame; notices carry that of the frame before. Files all
 * begin near time 0, so a task that reads several sends its first watermark with the last of them.
 *
 * <p>Records hold pixels: do not keep them in state.
 */
public final class VideoSource
    implements Source<VideoRecord, VideoSplit, UnassignedSplits<VideoSplit>>,
        ResultTypeQueryable<VideoRecord> {

  private static final long serialVersionUID = 1L;

  /** Stream id to path, in the order of reading; its type is serializable. */
  private final ArrayList<Map.Entry<String, String>> files;

  private final ReadSettings settings;

  VideoSource(ArrayList<Map.Entry<String, String>> files, ReadSettings settings) {
    this.files = files;
    this.settings = settings;
  }

  public static VideoSourceBuilder builder() {
    return new VideoSourceBuilder();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<VideoSplit, UnassignedSplits<VideoSplit>> createEnumerator(
      SplitEnumeratorContext<VideoSplit> context) {
    var splits =
        files.stream().map(file -> VideoSplit.unread(file.getKey(), file.getValue())).toList();
    return restoreEnumerator(context, new UnassignedSplits<>(splits));
  }

  @Override
  public SplitEnumerator<VideoSplit, UnassignedSplits<VideoSplit>> restoreEnumerator(
      SplitEnumeratorContext<VideoSplit> context, UnassignedSplits<VideoSplit> state) {
    return new VideoEnumerator(context, state);
  }

  @Override
  public SourceReader<VideoRecord, VideoSplit> createReader(SourceReaderContext context) {
    return new VideoSourceReader(settings, context);
  }

  @Override
  public SimpleVersionedSerializer<VideoSplit> getSplitSerializer() {
    return VideoSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<UnassignedSplits<VideoSplit>>
      getEnumeratorCheckpointSerializer() {
    return new UnassignedSplitsSerializer<>(VideoSplitSerializer.INSTANCE);
  }

  @Override
  public TypeInformation<VideoRecord> getProducedType() {
    return VideoRecordSerializer.TYPE;
  }
}
