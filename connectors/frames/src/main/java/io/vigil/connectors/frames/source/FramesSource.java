package io.vigil.connectors.frames.source;

import io.vigil.connectors.frames.enumerator.FramesEnumerator;
import io.vigil.connectors.frames.enumerator.FramesEnumeratorState;
import io.vigil.connectors.frames.enumerator.FramesEnumeratorStateSerializer;
import io.vigil.connectors.frames.reader.FramesSettings;
import io.vigil.connectors.frames.reader.FramesSourceReader;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.frames.split.FramesSplitSerializer;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoRecordSerializer;
import java.util.HashMap;
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
 * Letterboxed frames of a Kafka topic, for as long as the job runs.
 *
 * <pre>{@code
 * FramesSource source =
 *     FramesSource.of(
 *         KafkaConnection.to("localhost:9092"),
 *         "frames",
 *         StartAt.EARLIEST,
 *         FrameLimits.USUAL,
 *         new LetterboxSettings(512, 128, false, new Fill(124, 116, 104)));
 * DataStream<VideoRecord> records =
 *     environment.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "frames");
 * }</pre>
 *
 * <p>What records hold is told in their headers, see {@link
 * io.vigil.connectors.frames.record.FrameHeaders}. Of each stream come sessions: {@code CONNECTED},
 * frames in presentation order, {@code GAP} where Kafka has deleted records before they were read,
 * {@code ENDED} where its producer says so or begins another. A record from which no frame can be
 * made comes as a {@link io.vigil.connectors.video.RefusedRecord} and harms no other stream.
 *
 * <p>The offsets are part of the checkpoint, and a restored job goes on at the very next frame; a
 * stream of access units is read again from its last key frame, and decoded without emitting what
 * was emitted. A record's timestamp is the frame's capture time, or that of Kafka's record, and
 * never goes back within a partition.
 *
 * <p>Records hold pixels: do not keep them in state.
 */
public final class FramesSource
    implements Source<VideoRecord, FramesSplit, FramesEnumeratorState>,
        ResultTypeQueryable<VideoRecord> {

  private static final long serialVersionUID = 1L;

  private final String bootstrapServers;
  private final HashMap<String, String> clientProperties;
  private final String topic;
  private final StartAt startAt;
  private final boolean bounded;
  private final FramesSettings settings;

  private FramesSource(
      KafkaConnection connection,
      String topic,
      StartAt startAt,
      boolean bounded,
      FramesSettings settings) {
    this.bounded = bounded;
    this.bootstrapServers = connection.bootstrapServers();
    this.clientProperties = new HashMap<>(connection.clientProperties());
    this.topic = topic;
    this.startAt = startAt;
    this.settings = settings;
  }

  /**
   * @param startAt where a job begins that has no checkpoint
   */
  public static FramesSource of(
      KafkaConnection connection,
      String topic,
      StartAt startAt,
      FrameLimits limits,
      LetterboxSettings letterbox) {
    return new FramesSource(
        connection, topic, startAt, false, new FramesSettings(letterbox, limits));
  }

  /** The same, which ends with the records that are there when the job starts. */
  public FramesSource untilNow() {
    return new FramesSource(connection(), topic, startAt, true, settings);
  }

  private KafkaConnection connection() {
    return new KafkaConnection(bootstrapServers, clientProperties);
  }

  @Override
  public Boundedness getBoundedness() {
    return bounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<FramesSplit, FramesEnumeratorState> createEnumerator(
      SplitEnumeratorContext<FramesSplit> context) {
    return restoreEnumerator(context, FramesEnumeratorState.NOTHING_KNOWN);
  }

  @Override
  public SplitEnumerator<FramesSplit, FramesEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<FramesSplit> context, FramesEnumeratorState state) {
    return new FramesEnumerator(context, connection(), topic, startAt, bounded, state);
  }

  @Override
  public SourceReader<VideoRecord, FramesSplit> createReader(SourceReaderContext context) {
    return new FramesSourceReader(connection(), settings, context);
  }

  @Override
  public SimpleVersionedSerializer<FramesSplit> getSplitSerializer() {
    return FramesSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<FramesEnumeratorState> getEnumeratorCheckpointSerializer() {
    return FramesEnumeratorStateSerializer.INSTANCE;
  }

  @Override
  public TypeInformation<VideoRecord> getProducedType() {
    return VideoRecordSerializer.TYPE;
  }
}
