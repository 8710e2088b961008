package io.vigil.connectors.camera.source;

import io.vigil.connectors.camera.roster.CameraRoster;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoRecordSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** A job that reads cameras in a MiniCluster, and what comes out of it. */
@SuppressWarnings("try") // Flink's iterators close with any exception
final class CameraJob implements AutoCloseable {

  private static final LetterboxSettings LETTERBOX =
      new LetterboxSettings(160, 16, false, new Fill(124, 116, 104));

  private final CloseableIterator<VideoRecord> records;
  private final JobClient client;
  private final Map<String, Queue<VideoRecord>> unread = new HashMap<>();

  private CameraJob(CloseableIterator<VideoRecord> records, JobClient client) {
    this.records = records;
    this.client = client;
  }

  static CameraJob start(CameraDefinition... cameras) throws Exception {
    var environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    return start(environment, stream(environment, cameras));
  }

  /** Two tasks; the job fails once, soon after a checkpoint. */
  static CameraJob startToFail(CameraDefinition... cameras) throws Exception {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    var environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    environment.enableCheckpointing(200);
    return start(environment, stream(environment, cameras).map(new FailOnce()));
  }

  /**
   * Two tasks, and cameras that come and go.
   *
   * @param configuration may name a savepoint to go on from
   */
  static CameraJob start(CameraRoster roster, int parallelism, Configuration configuration)
      throws Exception {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    var environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    environment.enableCheckpointing(200);
    var source = CameraSource.of(roster, LETTERBOX);
    var stream =
        environment
            .fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "cameras")
            .uid("cameras");
    return start(environment, stream);
  }

  /** Of the job, which goes on: one that ends takes its cluster with it, also from who asks it. */
  String savepoint(Path folder) throws Exception {
    return client.triggerSavepoint(folder.toUri().toString(), SavepointFormatType.CANONICAL).get();
  }

  private static DataStream<VideoRecord> stream(
      StreamExecutionEnvironment environment, CameraDefinition... cameras) {
    var source = CameraSource.of(List.of(cameras), LETTERBOX);
    return environment.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "cameras");
  }

  private static CameraJob start(
      StreamExecutionEnvironment environment, DataStream<VideoRecord> stream) throws Exception {
    var records = stream.collectAsync();
    return new CameraJob(records, environment.executeAsync());
  }

  /** Waits for the next record of any camera. */
  VideoRecord next() {
    return records.next();
  }

  /** Waits for the camera's next record. */
  VideoRecord next(String camera) {
    var waiting = unread.computeIfAbsent(camera, id -> new ArrayDeque<>());
    while (waiting.isEmpty()) {
      var record = records.next();
      unread.computeIfAbsent(record.streamId(), id -> new ArrayDeque<>()).add(record);
    }
    return waiting.remove();
  }

  /** The camera's records that came while others were waited for. */
  List<VideoRecord> unread(String camera) {
    return List.copyOf(unread.getOrDefault(camera, new ArrayDeque<>()));
  }

  /** Waits for the camera's next record that is one. */
  <T extends VideoRecord> T next(String camera, Class<T> type, Predicate<T> wanted) {
    while (true) {
      var record = next(camera);
      if (type.isInstance(record) && wanted.test(type.cast(record))) {
        return type.cast(record);
      }
    }
  }

  @Override
  public void close() {
    client.cancel().join();
    try {
      records.close();
    } catch (Exception e) {
      throw new IllegalStateException("the records of a job that was cancelled", e);
    }
  }

  private static final class FailOnce extends RichMapFunction<VideoRecord, VideoRecord>
      implements CheckpointListener, ResultTypeQueryable<VideoRecord> {

    private static final long serialVersionUID = 1L;
    private static final int RECORDS_AFTER_A_CHECKPOINT = 20;

    private int records = Integer.MIN_VALUE;

    @Override
    public VideoRecord map(VideoRecord record) {
      boolean first = getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
      if (first && ++records > RECORDS_AFTER_A_CHECKPOINT) {
        throw new IllegalStateException("the failure of the test");
      }
      return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      records = Math.max(records, 0);
    }

    @Override
    public TypeInformation<VideoRecord> getProducedType() {
      return VideoRecordSerializer.TYPE;
    }
  }
}
