package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.faults.RtspServer;
import io.vigil.pipeline.testing.Clips;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ProbeCommandTest {

  private static final Path CLIP = Clips.variant("closed_gop_h264.mp4");

  @TempDir private Path folder;

  private CommandLineRun probe(String source, String... more) {
    var all = new ArrayList<>(List.of("probe", source, "--out=" + folder.resolve("seen.png")));
    all.addAll(List.of(more));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @Test
  void tellsWhatAFileGivesAndShowsIt() throws IOException {
    var run = probe(CLIP.toString(), "--time=1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("connected   in \\d+\\.\\d s: \\S+, h264, 160 x 90\n")
        .containsPattern("frame rate  24\\.00 declared, 24\\.\\d\\d measured \\(\\d+ frames in ")
        .containsPattern("key frames  at most 0\\.\\d\\d s apart\n")
        .contains("clock       none, a file has only its own times\n")
        .containsPattern("picture     \\S*/seen\\.png, with \\d+ detections\n");
    var picture = ImageIO.read(folder.resolve("seen.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(160);
    assertThat(picture.getHeight()).isEqualTo(90);
    assertThat(run.err()).contains("learned from drawn streets");
  }

  @Test
  @Tag("rtsp")
  void tellsWhatACameraGivesAndItsPasswordToNobody() throws IOException {
    var login = Files.writeString(folder.resolve("login"), "guard:s3cr3t\n");
    var wrong = Files.writeString(folder.resolve("wrong"), "guard:n0tit\n");
    try (var server = RtspServer.start(CLIP, "--credentials", "guard:s3cr3t")) {
      var run = probe(server.url(), "--time=1", "--credentials=file:" + login);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .containsPattern("connected   in \\d+\\.\\d s: rtsp, h264, 160 x 90\n")
          .containsPattern("frame rate  .* declared, \\d+\\.\\d\\d measured")
          .containsPattern("clock       (rtcp, the camera's own|ingest, this machine's)")
          .contains("picture     ");
      assertThat(folder.resolve("seen.png")).isNotEmptyFile();
      assertThat(run.out() + run.err()).doesNotContain("s3cr3t");

      var refused = probe(server.url(), "--credentials=file:" + wrong);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .startsWith("vigil: camera probe: ")
          .contains("401")
          .contains("credentials")
          .doesNotContain("n0tit", "\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:///etc/passwd | protocol file is refused; a camera is read over one of rtsp",
        "rtsp://gate/a b | its url is none (Illegal character in path at character 14)",
        "rtsp://guard:s3cr3t@gate/1 | its url holds credentials, which would be seen",
        "rtsps://127.0.0.1/1 | its url has an address, and a certificate is of a name"
      })
  void whatMayNotBeOpenedIsRefusedBeforeAnythingIsTried(String url, String reason) {
    var run = probe(url);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("vigil: camera probe: " + reason).doesNotContain("s3cr3t");
    assertThat(probe(CLIP.toString(), "--time=0").err())
        .isEqualTo("vigil: --time and --timeout must be above 0, and --score from 0 to 1\n");
  }

  @Test
  void whatCannotBeReadIsOneLine() throws IOException {
    int nobody;
    try (var socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    for (var source : List.of("rtsp://127.0.0.1:" + nobody + "/1", "no-such.mp4")) {
      var run = probe(source, "--timeout=2");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).startsWith("vigil: ");
    }
    assertThat(probe("rtsp://no-such-host.invalid/1", "--timeout=5").err())
        .contains("no-such-host.invalid");
  }
}
