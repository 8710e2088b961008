package io.vigil.connectors.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pipe that nobody writes to hangs as a file on a dead mount does: in the kernel. */
@Timeout(25) // less than Flink would wait for the fetcher
class HungReadTest {

  @Test
  void aJobIsCancelledWhileAReadHangs(@TempDir Path folder) throws Exception {
    var pipe = folder.resolve("pipe.mp4");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var job = start(pipe);
    var fetcher = awaitHungFetcher();
    try {
      var ended = job.getJobExecutionResult().handle((result, cancelled) -> cancelled != null);
      job.cancel();
      assertThat(ended.get()).as("it was cancelled").isTrue();
      assertThat(fetcher.isAlive()).as("the read hangs until the job has gone").isTrue();
    } finally {
      Files.newOutputStream(pipe).close();
    }
    fetcher.join(); // it ends when its read does, and closes what it has opened
  }

  private static JobClient start(Path pipe) throws Exception {
    var environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    var source =
        VideoSource.builder()
            .addFile("pipe", pipe)
            .setLetterbox(new LetterboxSettings(256, 128, false, new Fill(124, 116, 104)))
            .build();
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "video")
        .sinkTo(new DiscardingSink<>());
    return environment.executeAsync();
  }

  private static Thread awaitHungFetcher() {
    Optional<Thread> fetcher = Optional.empty();
    while (fetcher.isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      fetcher =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(thread -> isOpening(thread.getValue()))
              .map(Map.Entry::getKey)
              .findFirst();
    }
    return fetcher.get();
  }

  private static boolean isOpening(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(element -> element.getMethodName().equals("avformat_open_input"));
  }
}
