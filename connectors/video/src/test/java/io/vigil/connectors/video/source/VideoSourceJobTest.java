package io.vigil.connectors.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.Clips.Clip;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.DecoderThreads;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.split.FrameAnchor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.accumulators.IntMaximum;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's iterators close with any exception
class VideoSourceJobTest {

  private static final int FAILURES = 3;
  private static final String ATTEMPTS = "attempts";

  @Test
  void aJobThatFailsAndIsRestoredGivesEveryRecordOnceAndInOrder() throws Exception {
    var undisturbed = run(0);
    var disturbed = run(FAILURES);
    assertThat(disturbed).isEqualTo(undisturbed);
  }

  /** Records by stream, in their order. */
  private static Map<String, List<String>> run(int failures) throws Exception {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    var environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    environment.enableCheckpointing(10);
    var texts =
        environment
            .fromSource(source(), WatermarkStrategy.forMonotonousTimestamps(), "video")
            .map(new FailAfterCheckpoints(failures));
    try (var iterator = texts.collectAsync()) {
      var job = environment.executeAsync();
      var records = new ArrayList<String>();
      iterator.forEachRemaining(records::add);
      int attempts = job.getJobExecutionResult().get().getAccumulatorResult(ATTEMPTS);
      assertThat(attempts).isEqualTo(failures);
      return records.stream()
          .collect(
              Collectors.groupingBy(
                  text -> text.substring(0, text.indexOf(' ')), TreeMap::new, Collectors.toList()));
    }
  }

  private static VideoSource source() {
    var builder =
        VideoSource.builder()
            .addFile("missing.mp4", Path.of("missing.mp4"))
            .setDecoderThreads(DecoderThreads.QUARTER_OF_CORES)
            .setLetterbox(new LetterboxSettings(256, 128, false, new Fill(124, 116, 104)));
    files().forEach(clip -> builder.addFile(clip.name(), clip.path()));
    return builder.build();
  }

  private static Stream<Clip> files() {
    var kinds = Set.of("open_gop_h265.mp4", "vfr.mp4", "duplicate_pts.mkv", "truncated.ts");
    return Stream.concat(
        Stream.of(new Clip(Clips.street(), 120, 768, 432)),
        Clips.numbered().filter(clip -> kinds.contains(clip.name())));
  }

  @Test
  void everyFileComesWholeAndOneThatFailsFailsAlone() throws Exception {
    var records = run(0);
    assertThat(records.get("missing.mp4")).singleElement().asString().contains("FAILED");
    for (var clip : files().toList()) {
      var stream = records.get(clip.name());
      var end = clip.name().startsWith("truncated") ? "FAILED" : "ENDED";
      assertThat(stream).as(clip.name()).hasSize((int) clip.frames() + 2);
      assertThat(stream.get(0)).contains("CONNECTED 0");
      assertThat(stream.get(1)).contains(" frame 0 ");
      assertThat(stream.get(stream.size() - 1)).contains(end + " " + clip.frames());
    }
  }

  @Test
  void watermarksNeverOvertakeFrames() throws Exception {
    var environment = StreamExecutionEnvironment.createLocalEnvironment(2);
    var late =
        environment
            .fromSource(source(), WatermarkStrategy.forMonotonousTimestamps(), "video")
            .process(new LateRecords());
    try (var iterator = late.executeAndCollect()) {
      assertThat(iterator).toIterable().isEmpty();
    }
  }

  /** Fails so many times, each time soon after a checkpoint. */
  private static final class FailAfterCheckpoints extends RichMapFunction<VideoRecord, String>
      implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final int failures;
    private int attempt;
    private int recordsSinceCheckpoint = -1;

    FailAfterCheckpoints(int failures) {
      this.failures = failures;
    }

    @Override
    public void open(OpenContext context) {
      attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
      getRuntimeContext().addAccumulator(ATTEMPTS, new IntMaximum(attempt));
    }

    @Override
    public String map(VideoRecord record) {
      if (recordsSinceCheckpoint >= 0 && ++recordsSinceCheckpoint > 3 && attempt < failures) {
        throw new IllegalStateException("failure " + attempt + " of the test");
      }
      return record instanceof VideoFrame frame
          ? frame.streamId()
              + " frame "
              + frame.seq()
              + " at "
              + frame.pts()
              + " of "
              + frame.session()
              + " crc "
              + FrameAnchor.crc(frame.rgb())
          : notice((StreamNotice) record);
    }

    private static String notice(StreamNotice notice) {
      return notice.streamId()
          + " "
          + notice.kind()
          + " "
          + notice.decoded()
          + " "
          + notice.session()
          + " "
          + notice.detail();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      recordsSinceCheckpoint = Math.max(0, recordsSinceCheckpoint);
    }
  }

  private static final class LateRecords extends ProcessFunction<VideoRecord, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(VideoRecord record, Context context, Collector<String> out) {
      if (context.timestamp() <= context.timerService().currentWatermark()) {
        out.collect(record.streamId() + " at " + context.timestamp());
      }
    }
  }
}
