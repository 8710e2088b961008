package io.vigil.model.weights.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vigil.model.detect.Convention;
import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsPullTest {

  private static final byte[] CONTENT = content();

  /** What a server does with a request for the file. */
  private interface Conduct {
    void answer(HttpExchange exchange, int request) throws IOException;
  }

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> ranges = new ArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Conduct conduct = (exchange, request) -> whole(exchange, CONTENT);

  private static byte[] content() {
    var bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/d0.pth",
        exchange -> {
          ranges.add(exchange.getRequestHeaders().getFirst("Range"));
          try (exchange) {
            conduct.answer(exchange, ranges.size());
          }
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    done.countDown();
    server.stop(0);
  }

  private URI mirror() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private static PublishedWeights published(String sha256, Long bytes) {
    return new PublishedWeights(
        "d0",
        "d0",
        URI.create("https://example.org/releases/d0.pth"),
        Optional.ofNullable(bytes),
        sha256,
        "34.2",
        "Apache-2.0",
        Purpose.detector(Convention.EFFDET));
  }

  private static PublishedWeights right() {
    return published(sha256(CONTENT), (long) CONTENT.length);
  }

  private Path pull(PublishedWeights weights) {
    return pull(weights, mirror());
  }

  private Path pull(PublishedWeights weights, URI mirror) {
    var fetch = new Fetch(ProxySelector.of(null), Duration.ofSeconds(1));
    return new WeightsPull(new WeightsCache(folder), Optional.of(mirror), fetch)
        .pull(weights, bytes -> {});
  }

  private static void whole(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  /** Promises all from where it was asked for, sends some of it and hangs up. */
  private static void cutOff(HttpExchange exchange, int from, int bytes) throws IOException {
    if (from > 0) {
      var range = "bytes %d-%d/%d".formatted(from, CONTENT.length - 1, CONTENT.length);
      exchange.getResponseHeaders().add("Content-Range", range);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
    exchange.getResponseBody().write(CONTENT, from, bytes);
  }

  @Test
  void theFileIsKeptByItsDigestAndPulledOnce() throws IOException {
    var file = pull(right());
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(folder.relativize(file)).isEqualTo(Path.of(sha256(CONTENT), "d0.pth"));
    assertThat(pull(published(sha256(CONTENT).substring(0, 8), null))).isEqualTo(file);
    assertThat(ranges).hasSize(1);
    assertThat(folder.resolve("d0.pth.part")).doesNotExist();
  }

  @Test
  void aFileThatChangedInTheCacheIsPulledAgain() throws IOException {
    var file = pull(right());
    Files.write(file, new byte[10]);
    assertThat(pull(right())).isEqualTo(file).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(2);
  }

  @Test
  void aServerThatCutsOffIsAskedForTheRest() {
    conduct =
        (exchange, request) -> {
          int from = asked(exchange);
          cutOff(exchange, from, Math.min(300_000, CONTENT.length - from));
        };
    assertThat(pull(right())).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSizeGreaterThan(3).doesNotHaveDuplicates();
  }

  private static int asked(HttpExchange exchange) {
    var range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  @Test
  void aLaterPullGoesOnWhereTheLastOneEnded() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("d0.pth.part"), Arrays.copyOf(CONTENT, 400_000));
    conduct = (exchange, request) -> cutOff(exchange, 400_000, 600_000);
    assertThat(pull(right())).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=400000-");
  }

  @Test
  void aServerWithoutRangesIsReadFromTheStart() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("d0.pth.part"), new byte[400_000]);
    assertThat(pull(right())).hasBinaryContent(CONTENT);
  }

  @Test
  void aServerThatPromisesLessThanTheFileIsAskedForTheRest() {
    conduct =
        (exchange, request) -> {
          if (request == 1) {
            whole(exchange, Arrays.copyOf(CONTENT, 250_000));
          } else {
            cutOff(exchange, asked(exchange), CONTENT.length - asked(exchange));
          }
        };
    assertThat(pull(right())).hasBinaryContent(CONTENT);
  }

  @Test
  void aServerThatSendsMoreThanTheFileIsRefused() {
    conduct = (exchange, request) -> whole(exchange, Arrays.copyOf(CONTENT, 2_000_000));
    assertThatThrownBy(() -> pull(right()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("more than the 1000000 bytes come that the file may have");
    assertThat(folder.resolve("d0.pth.part")).isEmptyFile();
  }

  @Test
  void anotherFileIsRefusedAndDeleted() {
    var other = CONTENT.clone();
    other[0]++;
    conduct = (exchange, request) -> whole(exchange, other);
    assertThatThrownBy(() -> pull(published(sha256(CONTENT).substring(0, 8), null)))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("has the SHA-256 " + sha256(other))
        .hasMessageContaining("the published one begins with " + sha256(CONTENT).substring(0, 8))
        .hasMessageContaining("it was deleted");
    assertThat(folder).isEmptyDirectory();
  }

  /** Nobody published its digest, so nobody would know later. */
  @Test
  void aWebPageIsNotKeptInThePlaceOfAFileWithoutADigest() {
    var page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
    conduct = (exchange, request) -> whole(exchange, page);
    assertThatThrownBy(() -> pull(published("", null)))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith(
            "d0: what came from " + mirror() + "d0.pth (26 bytes) is no file of")
        .hasMessageContaining("it was deleted. Pull again, or from another --mirror.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatFallsSilentIsGivenUpWithTheWayOut() {
    conduct =
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().flush();
          awaitEnd();
        };
    assertThatThrownBy(() -> pull(right()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("d0 cannot be had from " + mirror() + "d0.pth")
        .hasMessageContaining("nothing comes for 1 s")
        .hasMessageContaining("get https://example.org/releases/d0.pth elsewhere (its SHA-256 is ")
        .hasMessageContaining("vigil model pull d0 --mirror FOLDER");
  }

  private void awaitEnd() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRefusalIsNotAskedForAgain() {
    conduct = (exchange, request) -> exchange.sendResponseHeaders(404, -1);
    assertThatThrownBy(() -> pull(right())).hasMessageContaining("answers with status 404");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void withoutANetworkTheMessageSaysWhatToDoByHand() throws IOException {
    int closedPort;
    try (var socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    assertThatThrownBy(() -> pull(right(), URI.create("http://localhost:" + closedPort)))
        .hasMessageContaining("By hand: get https://example.org/releases/d0.pth");
  }

  @Test
  void aFolderIsAMirror() throws IOException {
    var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.write(elsewhere.resolve("d0.pth"), CONTENT);
    assertThat(pull(right(), elsewhere.toUri())).hasBinaryContent(CONTENT);
    assertThatThrownBy(() -> pull(published("00", null), elsewhere.toUri()))
        .hasMessageContaining("the published one begins with 00");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
