package io.vigil.connectors.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.roster.FileRoster;
import io.vigil.connectors.camera.roster.Lines;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.faults.RtspServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that come, change and go while the job runs. */
@Tag("rtsp")
@Timeout(120)
class CameraFleetJobTest {

  private static RtspServer server;

  @TempDir private Path folder;
  private Path file;

  @BeforeAll
  static void startServer() throws IOException {
    server = RtspServer.start(Clips.variant("closed_gop_h264.mp4"));
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void name() {
    file = folder.resolve("cameras");
  }

  private void write(String... lines) throws IOException {
    var next = folder.resolve("next");
    Files.writeString(next, String.join("", lines));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String line(String id, int everyNth) {
    return id + " " + server.url() + " " + everyNth + "\n";
  }

  private CameraJob start(int parallelism, Configuration configuration) throws Exception {
    var roster = new FileRoster(file, Duration.ofMillis(100), new Lines());
    return CameraJob.start(roster, parallelism, configuration);
  }

  private static StreamNotice notice(CameraJob job, String camera, Kind kind) {
    return job.next(camera, StreamNotice.class, notice -> notice.kind() == kind);
  }

  @Test
  void aCameraComesChangesAndGoesAndTheOthersGoOn() throws Exception {
    write(line("a", 1));
    try (var job = start(2, new Configuration())) {
      var undisturbed = notice(job, "a", Kind.CONNECTED);
      var first = (VideoFrame) job.next("a");

      write(line("a", 1), line("b", 1));
      var added = notice(job, "b", Kind.CONNECTED);
      job.next("b", VideoFrame.class, frame -> frame.seq() > 10);

      write(line("a", 1), line("b", 2));
      var ended = notice(job, "b", Kind.ENDED);
      assertThat(ended.session()).isEqualTo(added.session());
      assertThat(ended.detail())
          .isEqualTo("the camera's definition was changed; it is connected to again");
      var changed = notice(job, "b", Kind.RECONNECTED);
      assertThat(changed.session()).isNotEqualTo(added.session());
      var sampled = job.next("b", VideoFrame.class, frame -> frame.seq() > 10);
      assertThat(sampled.seq()).isEven();

      write(line("a", 1));
      var removed = notice(job, "b", Kind.ENDED);
      assertThat(removed.session()).isEqualTo(changed.session());
      assertThat(removed.detail()).isEqualTo("the camera was removed");
      assertThat(removed.dropped()).containsKey("sampling");

      write(line("a", 1), line("b", 1));
      notice(job, "b", Kind.CONNECTED);

      // Through all of that every frame of the other, in one session.
      long seq = first.seq();
      while (seq < 100) {
        var frame = (VideoFrame) job.next("a");
        assertThat(frame.session()).isEqualTo(undisturbed.session());
        assertThat(frame.seq()).isEqualTo(++seq);
      }
    }
  }

  /** Its frames and those that its end counts are the same, so nothing was lost on the way out. */
  @Test
  void aCameraThatIsRemovedEndsWithItsBooksClosed() throws Exception {
    write(line("a", 1), line("b", 2));
    try (var job = start(2, new Configuration())) {
      long frames = 0;
      job.next("b", StreamNotice.class, notice -> notice.kind() == Kind.CONNECTED);
      for (var record = job.next("b"); true; record = job.next("b")) {
        if (record instanceof StreamNotice end) {
          assertThat(end.kind()).isEqualTo(Kind.ENDED);
          assertThat(end.decoded() - end.dropped().get("sampling")).isEqualTo(frames);
          return;
        }
        if (++frames == 20) {
          write(line("a", 1));
        }
      }
    }
  }

  @Test
  void aCameraThatIsNotThereIsRemoved() throws Exception {
    write("lost rtsp://127.0.0.1:1/camera 1\n");
    try (var job = start(1, new Configuration())) {
      notice(job, "lost", Kind.FAILED);
      write("\n");
      var ended = notice(job, "lost", Kind.ENDED);
      assertThat(ended.detail()).isEqualTo("the camera was removed");
      assertThat(ended.decoded()).isZero();
    }
  }

  @Test
  void whatIsRefusedIsToldOnceAndTheRestGoesOn() throws Exception {
    write(line("a", 1));
    try (var job = start(2, new Configuration())) {
      var connected = notice(job, "a", Kind.CONNECTED);
      write("a bad\n", "c bad\n", line("b", 1));
      for (var id : List.of("a", "c")) {
        var refused = notice(job, id, Kind.REFUSED);
        assertThat(refused.detail()).isEqualTo("its url is bad");
        assertThat(refused.decoded()).isZero();
      }
      notice(job, "b", Kind.CONNECTED);

      Files.writeString(file, line("b", 1) + "half");
      var half = notice(job, file.toString(), Kind.REFUSED);
      assertThat(half.detail()).isEqualTo("the last line is not whole");
      Files.delete(file);
      var gone = notice(job, file.toString(), Kind.REFUSED);
      assertThat(gone.detail()).contains("is not there; the cameras stay as they are until it is");

      write("a bad\n", "c bad\n", line("b", 1), line("d", 1));
      notice(job, "d", Kind.CONNECTED);
      job.next("d", VideoFrame.class, frame -> frame.seq() > 5);
      // The earlier definition of the one is in force; nothing was told twice.
      assertThat(job.unread("a"))
          .hasSizeGreaterThan(10)
          .allSatisfy(
              record -> {
                assertThat(record).isInstanceOf(VideoFrame.class);
                assertThat(record.session()).isEqualTo(connected.session());
              });
      assertThat(job.unread("c")).isEmpty();
      assertThat(job.unread(file.toString())).isEmpty();
    }
  }

  /** The set is in the savepoint; the file says what is wanted, once it is there. */
  @Test
  void theCamerasSurviveARestartWithAnotherParallelism() throws Exception {
    write(line("a", 1), line("b", 1), line("c", 1));
    String savepoint;
    Set<String> sessions = new HashSet<>();
    try (var job = start(2, new Configuration())) {
      for (var id : List.of("a", "b", "c")) {
        sessions.add(notice(job, id, Kind.CONNECTED).session());
        job.next(id, VideoFrame.class, frame -> frame.seq() > 3);
      }
      savepoint = job.savepoint(folder);
    }
    Files.delete(file);
    var configuration = new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    // That of the test's own sink.
    configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    try (var job = start(3, configuration)) {
      for (var id : List.of("a", "b", "c")) {
        var ended = notice(job, id, Kind.ENDED);
        assertThat(sessions).contains(ended.session());
        sessions.add(notice(job, id, Kind.RECONNECTED).session());
      }
      write(line("a", 1), line("c", 2), line("d", 1));
      assertThat(notice(job, "b", Kind.ENDED).detail()).isEqualTo("the camera was removed");
      assertThat(notice(job, "c", Kind.ENDED).detail()).contains("was changed");
      notice(job, "d", Kind.CONNECTED);
      assertThat(sessions).hasSize(6);
      assertThat(job.unread("a").stream().map(VideoRecord::session).distinct()).hasSize(1);
    }
  }
}
