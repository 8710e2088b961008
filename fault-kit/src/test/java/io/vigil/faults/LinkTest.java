package io.vigil.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinkTest {

  private static final int BYTES = 20_000;

  private ServerSocket server;
  private Link link;

  /** Answers each connection's first byte with many zeros. */
  @BeforeEach
  void startServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    CompletableFuture.runAsync(this::serve);
    link = Link.to("127.0.0.1", server.getLocalPort());
  }

  private void serve() {
    try {
      while (true) {
        var socket = server.accept();
        socket.getInputStream().read();
        socket.getOutputStream().write(new byte[BYTES]);
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    server.close();
  }

  private Socket ask() throws IOException {
    var socket = new Socket("127.0.0.1", link.port());
    socket.getOutputStream().write(1);
    return socket;
  }

  @Test
  void aGoodLinkChangesNothing() throws IOException {
    try (var socket = ask()) {
      assertThat(socket.getInputStream().readNBytes(BYTES)).isEqualTo(new byte[BYTES]);
    }
  }

  @Test
  void aBadLinkSpoilsSomeBytesAndLosesNone() throws IOException {
    link.set(Link.Quality.GOOD.withSpoiltPerMille(100));
    try (var socket = ask()) {
      var bytes = socket.getInputStream().readNBytes(BYTES);
      assertThat(bytes).hasSize(BYTES);
      int spoilt = 0;
      for (byte b : bytes) {
        spoilt += b == 0 ? 0 : 1;
      }
      assertThat(spoilt).isBetween(BYTES / 20, BYTES / 5);
    }
  }

  @Test
  void aLinkThatIsDownEndsWhatIsOpenAndTakesNothingUntilItIsUp() throws IOException {
    try (var socket = ask()) {
      socket.getInputStream().readNBytes(BYTES);
      link.down();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (var refused = new Socket("127.0.0.1", link.port())) {
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }
    link.up();
    try (var socket = ask()) {
      assertThat(socket.getInputStream().readNBytes(BYTES)).hasSize(BYTES);
    }
  }
}
