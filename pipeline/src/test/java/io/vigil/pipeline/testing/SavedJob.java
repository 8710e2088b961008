package io.vigil.pipeline.testing;

import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.pipeline.batch.DetectorFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * A job that a released version stopped in the middle of a clip, with a savepoint, and what it had
 * committed by then. It wrote at least once: the transaction of a savepoint is its broker's, and a
 * job that is to commit it elsewhere fails.
 */
public final class SavedJob {

  private static final Path FOLDER = Path.of("..", "compat", "v1", "savepoint");
  private static final Path COMMITTED = FOLDER.resolve("committed.tsv");

  /** Flink's folder of it. */
  public static final Path SAVEPOINT = FOLDER.resolve("savepoint");

  /** One is being read, the other waits for its turn. */
  private static final List<String> CLIPS = List.of("closed_gop_h264.mp4", "vfr.mp4");

  private static final int FRAMES_BEFORE = 20;

  private SavedJob() {}

  /** The job, to be started from the savepoint. */
  public static DetectionRun run(KafkaConnection connection, DetectorFactory detector) {
    var files = new TreeMap<String, Path>();
    CLIPS.forEach(clip -> files.put(clip, Clips.variant(clip)));
    return new DetectionRun(connection, "saved", files, detector)
        .checkpointsEvery(Duration.ofSeconds(20));
  }

  /** The records of all topics, by topic and stream as {@link DetectionRun#committed} has them. */
  public static Map<String, List<String>> committedBefore() throws IOException {
    var committed = new TreeMap<String, List<String>>();
    for (var clip : CLIPS) {
      committed.put("/" + clip, new ArrayList<>());
      committed.put("-streams/" + clip, new ArrayList<>());
    }
    for (var line : Files.readAllLines(COMMITTED)) {
      int tab = line.indexOf('\t');
      committed.get(line.substring(0, tab)).add(line.substring(tab + 1));
    }
    return committed;
  }

  /**
   * Makes it anew, by the version that this is.
   *
   * @param folder for the time being
   */
  public static void keep(KafkaConnection connection, Path folder) throws Exception {
    var name = "saved";
    var run = run(connection, new PacedDetector.Factory(name));
    PacedDetector.control(name).pace(Duration.ofMillis(50));
    var job = run.start(new Configuration(), new AtLeastOnce());
    while (PacedDetector.control(name).pictures() < FRAMES_BEFORE) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    var savepoint =
        job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    job.getJobExecutionResult().get();
    if (Files.exists(SAVEPOINT)) {
      Files.delete(SAVEPOINT.resolve("_metadata"));
      Files.delete(SAVEPOINT);
    }
    Files.createDirectories(SAVEPOINT);
    Files.copy(Path.of(URI.create(savepoint)).resolve("_metadata"), SAVEPOINT.resolve("_metadata"));
    var lines = new ArrayList<String>();
    run.committed()
        .forEach((stream, events) -> events.forEach(event -> lines.add(stream + "\t" + event)));
    Files.write(COMMITTED, lines);
  }
}
