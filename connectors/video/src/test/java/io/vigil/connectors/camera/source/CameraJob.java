package io.vigil.connectors.camera.source;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
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
    return start(1, cameras);
  }

  static CameraJob start(int parallelism, CameraDefinition... cameras) throws Exception {
    var environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    var source = CameraSource.of(List.of(cameras), LETTERBOX);
    DataStream<VideoRecord> stream =
        environment.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "cameras");
    var records = stream.collectAsync();
    return new CameraJob(records, environment.executeAsync());
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
}
