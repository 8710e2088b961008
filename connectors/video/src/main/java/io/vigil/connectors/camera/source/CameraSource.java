package io.vigil.connectors.camera.source;

import io.vigil.connectors.camera.enumerator.CameraEnumerator;
import io.vigil.connectors.camera.reader.CameraSourceReader;
import io.vigil.connectors.camera.roster.CameraRoster;
import io.vigil.connectors.camera.roster.FixedRoster;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.camera.split.CameraSplitSerializer;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoRecordSerializer;
import io.vigil.connectors.video.state.UnassignedSplits;
import io.vigil.connectors.video.state.UnassignedSplitsSerializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Letterboxed frames of cameras, for as long as the job runs.
 *
 * <pre>{@code
 * CameraSource source =
 *     CameraSource.of(
 *         List.of(CameraDefinition.builder("gate", "rtsp://10.0.0.7/stream1").build()),
 *         new LetterboxSettings(512, 128, false, new Fill(124, 116, 104)));
 * DataStream<VideoRecord> records =
 *     environment.fromSource(
 *         source, WatermarkStrategy.forMonotonousTimestamps(), "cameras");
 * }</pre>
 *
 * <p>Of each camera come sessions, one a connection: {@code CONNECTED}, or {@code RECONNECTED} if
 * it was before; frames; {@code STALLED} where none come for long, {@code GAP} where some are
 * missing; {@code ENDED} or {@code FAILED}. A camera that cannot be connected to is {@code FAILED},
 * told once a reason. It is tried again for ever, and costs the others nothing.
 *
 * <p>A record's timestamp is the frame's capture time, or that of the record before where a clock
 * goes back; notices carry the time at which they were made. Cameras without frames hold no
 * watermark back.
 *
 * <p>A camera cannot be read again: a restored job ends the books of the session that was open at
 * the checkpoint and tells what came since as a {@code GAP}.
 *
 * <p>Which cameras there are says a {@link CameraRoster}, which may change while the job runs; one
 * that comes, changes or goes does not touch the others. One that goes is {@code ENDED}; a
 * definition that is not taken is {@code REFUSED}, and a camera of that id stays as it is. The
 * cameras are in the checkpoint, too: a restored job reads them until the roster is heard.
 *
 * <p>Records hold pixels: do not keep them in state.
 */
public final class CameraSource
    implements Source<VideoRecord, CameraSplit, UnassignedSplits<CameraSplit>>,
        SupportsSplitReassignmentOnRecovery,
        ResultTypeQueryable<VideoRecord> {

  private static final long serialVersionUID = 1L;

  private final CameraRoster roster;
  private final LetterboxSettings letterbox;

  private CameraSource(CameraRoster roster, LetterboxSettings letterbox) {
    this.roster = roster;
    this.letterbox = letterbox;
  }

  /**
   * @throws IllegalArgumentException with all that is wrong with the cameras
   */
  public static CameraSource of(List<CameraDefinition> cameras, LetterboxSettings letterbox) {
    var problems = problems(cameras);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("CameraSource: " + String.join("; ", problems));
    }
    return of(new FixedRoster(cameras), letterbox);
  }

  /** Of cameras that come and go. */
  public static CameraSource of(CameraRoster roster, LetterboxSettings letterbox) {
    return new CameraSource(roster, letterbox);
  }

  /** What is wrong with them, each alone and together; empty if nothing is. */
  public static List<String> problems(List<CameraDefinition> cameras) {
    var problems = new ArrayList<String>();
    if (cameras.isEmpty()) {
      problems.add("no camera; give at least one");
    }
    var ids = new HashSet<String>();
    for (var camera : cameras) {
      if (!ids.add(camera.id())) {
        problems.add(camera + ": its id is used twice; give each camera its own");
      }
      problems.addAll(camera.problems());
    }
    return problems;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<CameraSplit, UnassignedSplits<CameraSplit>> createEnumerator(
      SplitEnumeratorContext<CameraSplit> context) {
    return restoreEnumerator(context, new UnassignedSplits<>(List.of()));
  }

  @Override
  public SplitEnumerator<CameraSplit, UnassignedSplits<CameraSplit>> restoreEnumerator(
      SplitEnumeratorContext<CameraSplit> context, UnassignedSplits<CameraSplit> state) {
    return new CameraEnumerator(context, roster, state);
  }

  @Override
  public SourceReader<VideoRecord, CameraSplit> createReader(SourceReaderContext context) {
    return new CameraSourceReader(letterbox, context);
  }

  @Override
  public SimpleVersionedSerializer<CameraSplit> getSplitSerializer() {
    return CameraSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<UnassignedSplits<CameraSplit>>
      getEnumeratorCheckpointSerializer() {
    return new UnassignedSplitsSerializer<>(CameraSplitSerializer.INSTANCE);
  }

  @Override
  public TypeInformation<VideoRecord> getProducedType() {
    return VideoRecordSerializer.TYPE;
  }
}
