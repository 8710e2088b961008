package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadInterruptTest {

  @Test
  void endsAReadThatHangs() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var interrupt = new ReadInterrupt()) {
      var url = "tcp://127.0.0.1:" + silent.getLocalPort();
      var location = new Location("camera", url, "tcp", null, null);
      var opening = CompletableFuture.runAsync(() -> open(location, interrupt));
      try (var connection = silent.accept()) {
        assertThat(connection.isConnected()).isTrue();
        interrupt.raise();
        assertThatThrownBy(() -> opening.get(30, TimeUnit.SECONDS))
            .hasRootCauseInstanceOf(VideoException.class)
            .hasStackTraceContaining("camera: not a video that FFmpeg can read");
      }
    }
  }

  private static void open(Location location, ReadInterrupt interrupt) {
    try {
      VideoInput.open(location, interrupt).close();
    } catch (VideoException e) {
      throw new IllegalStateException(e);
    }
  }
}
