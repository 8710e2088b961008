package io.vigil.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.events.Event;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.batch.SharedDetectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Operators that are fed by hand, and what they are fed with. */
final class InferenceHarnesses {

  static final Duration NEVER = Duration.ofHours(1);
  private static final Letterbox LETTERBOX = Letterbox.of(256, 256, 128, 128, false);

  private final List<AutoCloseable> harnesses = new ArrayList<>();

  void close() throws Exception {
    for (var harness : harnesses) {
      harness.close();
    }
    assertThat(SharedDetectors.ofProcess().openCount()).isZero();
  }

  /** It is closed by the test. */
  void forget(AutoCloseable harness) {
    harnesses.remove(harness);
  }

  static InferenceSettings settings(DetectorFactory detector, int batchSize) {
    return new InferenceSettings(
        detector, BatchSettings.of(batchSize, NEVER), DetectionSettings.withScore(0.5f));
  }

  OneInputStreamOperatorTestHarness<VideoRecord, Event> harness(
      InferenceSettings settings, int parallelism, int index) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<VideoRecord, Event>(
            new InferenceOperatorFactory(settings), 8, parallelism, index);
    harnesses.add(harness);
    harness.setup(new EventType.Serializer());
    return harness;
  }

  OneInputStreamOperatorTestHarness<VideoRecord, Event> open(InferenceSettings settings)
      throws Exception {
    var harness = harness(settings, 1, 0);
    harness.open();
    return harness;
  }

  OneInputStreamOperatorTestHarness<VideoRecord, Event> restore(
      InferenceSettings settings, OperatorSubtaskState state, int parallelism, int index)
      throws Exception {
    var harness = harness(settings, parallelism, index);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  static VideoFrame frame(String stream, long seq) {
    var rgb = new byte[128 * 128 * 3];
    new Random(seq).nextBytes(rgb);
    return new VideoFrame(
        stream, "session", seq, 100 * seq, 1, 1000, null, StreamSettings.USUAL, LETTERBOX, rgb);
  }

  static VideoFrame live(String stream, long seq) {
    var frame = frame(stream, seq);
    return new VideoFrame(
        stream,
        "session",
        seq,
        frame.pts(),
        1,
        1000,
        new CaptureTime(1, CaptureTime.INGEST),
        StreamSettings.USUAL,
        LETTERBOX,
        frame.rgb(),
        true,
        System.nanoTime());
  }

  static StreamNotice notice(
      String stream, StreamNotice.Kind kind, long decoded, SortedMap<String, Long> failed) {
    var dropped = new TreeMap<String, Long>();
    return new StreamNotice(stream, "session", kind, decoded, dropped, failed, "");
  }

  static StreamNotice ended(String stream, long decoded) {
    return notice(stream, StreamNotice.Kind.ENDED, decoded, new TreeMap<>());
  }

  static long seq(Object output) {
    var event = ((StreamRecord<?>) output).getValue();
    return event instanceof FrameEvent frame ? frame.seq() : ((FailedFrame) event).seq();
  }
}
