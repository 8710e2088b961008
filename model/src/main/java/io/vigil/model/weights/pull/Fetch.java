package io.vigil.model.weights.pull;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/** One try at the rest of a file, over HTTP or from a folder. */
final class Fetch {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** A server's refusal, which another try would not change. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private final HttpClient client;
  private final Duration silence;

  /**
   * @param silence the longest time without a byte
   */
  Fetch(ProxySelector proxies, Duration silence) {
    this.client =
        HttpClient.newBuilder()
            .proxy(proxies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    this.silence = silence;
  }

  /**
   * Appends what is missing; begins again where the server does not go on.
   *
   * @param limit bytes that the file may have in all
   */
  void rest(URI address, FileChannel part, long limit, PullProgress progress)
      throws IOException, InterruptedException {
    if ("file".equals(address.getScheme())) {
      try (var file = FileChannel.open(Path.of(address))) {
        part.truncate(0);
        copy(Channels.newInputStream(file), part, limit, progress);
      }
      return;
    }
    var response = client.send(request(address, part.size()), BodyHandlers.ofInputStream());
    try (var body = new WatchedStream(response.body(), silence)) {
      part.truncate(start(address, response, part.size()));
      if (response.statusCode() != RANGE_NOT_SATISFIABLE) {
        copy(body, part, limit, progress);
      }
    }
  }

  private HttpRequest request(URI address, long from) {
    var request = HttpRequest.newBuilder(address).timeout(silence);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    return request.build();
  }

  /** Of the part, as many bytes stay. */
  private static long start(URI address, HttpResponse<?> response, long asked) throws IOException {
    int status = response.statusCode();
    if (status == PARTIAL_CONTENT) {
      var range = response.headers().firstValue("Content-Range").orElse("");
      return range.startsWith("bytes " + asked + "-") ? asked : 0;
    }
    if (status == RANGE_NOT_SATISFIABLE && asked > 0) {
      return asked;
    }
    if (status >= 500) {
      throw new IOException(address.getHost() + " answers with status " + status);
    }
    if (status != 200) {
      throw new RefusedException(address.getHost() + " answers with status " + status);
    }
    return 0;
  }

  private static void copy(InputStream from, FileChannel part, long limit, PullProgress progress)
      throws IOException {
    part.position(part.size());
    var out = Channels.newOutputStream(part);
    var buffer = new byte[1 << 16];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      out.write(buffer, 0, read);
      progress.at(part.position());
      if (part.position() > limit) {
        throw new RefusedException("more than the " + limit + " bytes come that the file may have");
      }
    }
  }
}
