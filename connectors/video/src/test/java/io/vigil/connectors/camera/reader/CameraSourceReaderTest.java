package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraDefinitionBuilder;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.camera.split.Transport;
import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.faults.RtspServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rtsp")
class CameraSourceReaderTest {

  private static final Path CLIP = Clips.variant("closed_gop_h264.mp4");
  private static final Duration NEVER = Duration.ofHours(1);

  private static CameraDefinitionBuilder camera(String id, RtspServer server) {
    return CameraDefinition.builder(id, server.url());
  }

  private static boolean isRead(String id) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("camera " + id));
  }

  @Test
  void closingEndsAReadThatHangs() throws Exception {
    try (var server = RtspServer.start(CLIP)) {
      var hanging = camera("hangs", server).readTimeout(NEVER).build();
      try (var driver = ReaderDriver.of(hanging)) {
        driver.nextFrame(frame -> frame.seq() >= 5);
        server.freeze();
        driver.nextNotice(Kind.STALLED);
        assertThat(isRead("hangs")).isTrue();
      }
      assertThat(isRead("hangs")).isFalse();
    }
  }

  @Test
  void closingEndsAnAttemptToConnectThatHangs() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var url = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/camera";
      var hanging = CameraDefinition.builder("silent", url).connectTimeout(NEVER).build();
      var driver = ReaderDriver.of(hanging);
      try (driver;
          var connection = silent.accept()) {
        assertThat(connection.isConnected()).isTrue();
        assertThat(isRead("silent")).isTrue();
      }
      assertThat(isRead("silent")).isFalse();
    }
  }

  @Test
  void aCameraThatIsDeadCostsTheOthersNoFrameAndHoldsBackNoWatermark() throws Exception {
    try (var dying = RtspServer.start(CLIP);
        var living = RtspServer.start(CLIP);
        var driver =
            ReaderDriver.of(
                camera("dying", dying).stallLimit(Duration.ofSeconds(1)).build(),
                camera("living", living).overload(Overload.BLOCK).build(),
                CameraDefinition.builder("missing", "rtsp://127.0.0.1:1/camera").build())) {
      driver.nextFrame(frame -> frame.streamId().equals("dying") && frame.seq() >= 10);
      dying.freeze();
      driver.nextNotice(Kind.STALLED);
      assertThat(driver.outputs()).containsExactly("living");
      long first = driver.nextFrame(frame -> true).seq();
      for (long seq = first + 1; seq < first + 50; seq++) {
        assertThat(driver.nextFrame(frame -> true).seq()).isEqualTo(seq);
      }
      dying.thaw();
      driver.nextFrame(frame -> frame.streamId().equals("dying"));
      assertThat(driver.outputs()).containsExactlyInAnyOrder("living", "dying");
    }
  }

  /** Else a camera with a key frame every ten seconds shows nothing for as long, or never. */
  @Test
  void theKeyFrameThatACameraBeginsWithIsShown() throws Exception {
    try (var server = RtspServer.start(CLIP, "--fps", "1");
        var driver =
            ReaderDriver.of(camera("slow", server).readTimeout(Duration.ofSeconds(10)).build())) {
      var first = driver.nextFrame(frame -> true);
      assertThat(Clips.number(first.rgb(), 160, 90)).isZero();
    }
  }

  @Test
  void whatIsNotTakenInTimeIsDroppedAndTheBooksBalance() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var driver = ReaderDriver.of(camera("gate", server).everyNth(2).build())) {
      var connected = (StreamNotice) driver.next();
      // It is not taken from until half a second of its frames has been decoded.
      long waited = driver.nextFrame(frame -> true).captureTime().epochMillis() + 500;
      while (System.currentTimeMillis() < waited) {
        Thread.onSpinWait();
      }
      long frames = 1;
      while (driver.nextFrame(frame -> true).seq() < 60) {
        frames++;
      }
      frames++;
      server.kill();
      StreamNotice end = null;
      while (end == null) {
        var record = driver.next();
        frames += record instanceof VideoFrame ? 1 : 0;
        end = record instanceof StreamNotice notice ? notice : null;
      }
      assertThat(end.session()).isEqualTo(connected.session());
      assertThat(end.dropped().get("overload")).isPositive();
      assertThat(end.dropped().get("sampling")).isEqualTo(end.decoded() / 2);
      assertThat(end.decoded())
          .isEqualTo(frames + end.dropped().get("overload") + end.dropped().get("sampling"));
      assertThat(end.failed()).isEmpty();
    }
  }

  @Test
  void theCamerasOwnClockIsTakenAsSoonAsItIsTold() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var driver = ReaderDriver.of(camera("gate", server).build())) {
      var before = System.currentTimeMillis();
      var frame = driver.nextFrame(any -> any.captureTime().clock().equals(CaptureTime.RTCP));
      assertThat(frame.captureTime().epochMillis())
          .isBetween(before - 60_000, System.currentTimeMillis() + 60_000);
      var next = driver.nextFrame(any -> any.seq() > frame.seq());
      assertThat(next.captureTime().epochMillis() - frame.captureTime().epochMillis())
          .isBetween(40 * (next.seq() - frame.seq()) - 1, 40 * (next.seq() - frame.seq()) + 1);
    }
  }

  @Test
  void aLoginIsFoundInAFileAndAWrongOneIsToldWithoutBeingShown(@TempDir Path folder)
      throws Exception {
    var right = Files.writeString(folder.resolve("right"), "admin:s%c r:t\n");
    var wrong = Files.writeString(folder.resolve("wrong"), "admin:opensesame\n");
    try (var server = RtspServer.start(CLIP, "--credentials", "admin:s%c r:t");
        var driver =
            ReaderDriver.of(camera("right", server).credentials("file:" + right).build())) {
      assertThat(((StreamNotice) driver.next()).kind()).isEqualTo(Kind.CONNECTED);
      try (var refused =
          ReaderDriver.of(camera("wrong", server).credentials("file:" + wrong).build())) {
        var notice = (StreamNotice) refused.next();
        assertThat(notice.kind()).isEqualTo(Kind.FAILED);
        assertThat(notice.detail())
            .isEqualTo(
                "camera wrong: cannot be connected to (Server returned 401 Unauthorized"
                    + " (authorization failed)); check its address, its credentials, and that it"
                    + " is on; it is tried again");
      }
      assertNotFound(
          server,
          "env:VIGIL_NO_SUCH_VARIABLE",
          "the environment variable of its credentials, env:VIGIL_NO_SUCH_VARIABLE, is not set"
              + " where the camera is read; export it before the start");
      assertNotFound(
          server,
          "file:/no/such/file",
          "the file of its credentials, file:/no/such/file, cannot be read where the camera is"
              + " read; put it there");
    }
  }

  @Test
  void aCertificateThatDoesNotMatchIsRefused(@TempDir Path folder) throws Exception {
    var right = TestCertificate.of("localhost", folder);
    var wrong = TestCertificate.of("other.example", folder);
    try (var server = RtspServer.start(CLIP, "--certificate", right.withKey().toString());
        var other = RtspServer.start(CLIP, "--certificate", wrong.withKey().toString())) {
      assertThat(firstKind(encrypted(server).certificates(right.alone().toString())))
          .isEqualTo(Kind.CONNECTED);
      assertThat(firstKind(encrypted(server))).as("not trusted").isEqualTo(Kind.FAILED);
      assertThat(firstKind(encrypted(other).certificates(wrong.alone().toString())))
          .as("another's name")
          .isEqualTo(Kind.FAILED);
      assertThat(firstKind(encrypted(other).verifyCertificates(false))).isEqualTo(Kind.CONNECTED);
    }
  }

  private static CameraDefinitionBuilder encrypted(RtspServer server) {
    return CameraDefinition.builder("gate", "rtsps://localhost:" + server.port() + "/camera");
  }

  private static Kind firstKind(CameraDefinitionBuilder camera) throws Exception {
    try (var driver = ReaderDriver.of(camera.build())) {
      return ((StreamNotice) driver.next()).kind();
    }
  }

  private static void assertNotFound(RtspServer server, String credentials, String problem)
      throws Exception {
    try (var driver = ReaderDriver.of(camera("lost", server).credentials(credentials).build())) {
      var notice = (StreamNotice) driver.next();
      assertThat(notice.kind()).isEqualTo(Kind.FAILED);
      assertThat(notice.detail()).isEqualTo("camera lost: " + problem + "; it is tried again");
    }
  }

  @Test
  void aServerThatSendsOverUdpAndIsKilledIsConnectedToAgain() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var driver =
            ReaderDriver.of(
                camera("gate", server)
                    .transport(Transport.UDP)
                    .stallLimit(Duration.ofSeconds(2))
                    .readTimeout(Duration.ofSeconds(2))
                    .build())) {
      var frame = driver.nextFrame(any -> any.seq() > 20);
      server.kill();
      server.restart(CLIP);
      var reconnected = driver.nextNotice(Kind.RECONNECTED);
      assertThat(reconnected.session()).isNotEqualTo(frame.session());
      driver.nextFrame(any -> any.session().equals(reconnected.session()));
    }
  }

  @Test
  void anUnknownHostIsToldOnce() throws Exception {
    var lost = CameraDefinition.builder("lost", "rtsp://no-such-host.invalid/camera").build();
    try (var driver = ReaderDriver.of(lost)) {
      assertThat(driver.nextNotice(Kind.FAILED).detail())
          .isEqualTo(
              "camera lost: no such host, no-such-host.invalid; check its name, and that names are"
                  + " looked up; it is tried again");
      assertThat(driver.outputs()).isEmpty();
    }
  }

  /** The frames that the decoder still held are no sign of life. */
  @Test
  void aFrozenCameraIsGivenUpAfterOneReadTimeOut() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var driver =
            ReaderDriver.of(
                camera("gate", server)
                    .stallLimit(Duration.ofSeconds(2))
                    .readTimeout(Duration.ofSeconds(4))
                    .build())) {
      driver.nextFrame(frame -> frame.seq() >= 20);
      server.freeze();
      var stalled = driver.nextNotice(Kind.STALLED);
      var record = driver.next();
      while (record instanceof VideoFrame) {
        record = driver.next();
      }
      assertThat(((StreamNotice) record).kind()).isEqualTo(Kind.FAILED);
      assertThat(record.session()).isEqualTo(stalled.session());
    }
  }

  /** It is not known how many frames a second there were, and yet some are missing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aCameraThatIsRestoredBeforeItsSecondFrameTellsAGapToo(int frames) throws Exception {
    try (var server = RtspServer.start(CLIP)) {
      var before = ReaderDriver.of(camera("gate", server).overload(Overload.BLOCK).build());
      var connected = before.nextNotice(Kind.CONNECTED);
      long from = before.lastTimestamp();
      if (frames == 1) {
        from = before.nextFrame(frame -> true).captureTime().epochMillis();
      }
      var checkpoint = before.snapshot();
      before.nextFrame(frame -> frame.seq() == 20);
      before.close();
      try (var after = ReaderDriver.of(checkpoint)) {
        assertThat(after.nextNotice(Kind.ENDED).session()).isEqualTo(connected.session());
        after.nextNotice(Kind.RECONNECTED);
        var gap = (StreamNotice) after.next();
        assertThat(gap.kind()).isEqualTo(Kind.GAP);
        assertThat(gap.gap().fromEpochMillis()).isEqualTo(from);
        assertThat(gap.gap().toEpochMillis()).isGreaterThan(from);
        assertThat(gap.gap().frames()).as("not known").isZero();
      }
    }
  }

  @Test
  void aRestoredCameraEndsItsOldSessionAndTellsWhatIsMissing() throws Exception {
    try (var server = RtspServer.start(CLIP)) {
      var before = ReaderDriver.of(camera("gate", server).overload(Overload.BLOCK).build());
      var last = before.nextFrame(frame -> frame.seq() == 20);
      var checkpoint = before.snapshot();
      // What comes after it is lost with the job.
      before.nextFrame(frame -> frame.seq() == 60);
      before.close();
      try (var after = ReaderDriver.of(checkpoint)) {
        var ended = (StreamNotice) after.next();
        assertThat(ended.kind()).isEqualTo(Kind.ENDED);
        assertThat(ended.session()).isEqualTo(last.session());
        assertThat(ended.decoded()).isEqualTo(21);
        var reconnected = (StreamNotice) after.next();
        assertThat(reconnected.kind()).isEqualTo(Kind.RECONNECTED);
        assertThat(reconnected.session()).isNotEqualTo(last.session());
        var gap = (StreamNotice) after.next();
        assertThat(gap.gap().fromEpochMillis()).isEqualTo(last.captureTime().epochMillis());
        assertThat(gap.gap().frames()).isGreaterThanOrEqualTo(40);
        var first = (VideoFrame) after.next();
        assertThat(first.seq()).isZero();
        assertThat(gap.gap().toEpochMillis()).isEqualTo(first.captureTime().epochMillis());
        assertThat(after.lastTimestamp()).isGreaterThan(last.captureTime().epochMillis());
      }
    }
  }
}
