package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.VideoException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the host of a camera. Nobody can interrupt a look-up that hangs, so it has a thread of
 * its own, which is left behind, and FFmpeg, which would look it up again, is not called.
 */
final class HostNames {

  /** Something that looks a name up. */
  interface Resolver {
    void resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;

  HostNames(Resolver resolver) {
    this.resolver = resolver;
  }

  /** The machine's own. */
  static HostNames ofMachine() {
    return new HostNames(InetAddress::getByName);
  }

  /**
   * FFmpeg calls an unknown host an input/output error.
   *
   * @param stop ends the wait when it is complete
   * @throws VideoException if there is none, or none is known in the camera's connect time-out
   */
  void require(CameraDefinition camera, CompletableFuture<Void> stop) throws VideoException {
    var host = URI.create(camera.url()).getHost();
    var found = new CompletableFuture<Void>();
    var thread = new Thread(() -> resolve(host, found), camera + ": host name");
    thread.setDaemon(true);
    thread.start();
    try {
      CompletableFuture.anyOf(found, stop)
          .get(camera.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new VideoException(
          camera + ": no such host, " + host + "; check its name, and that names are looked up", e);
    } catch (TimeoutException e) {
      throw new VideoException(
          "%s: its host, %s, was not found in %d ms; check that names are looked up"
              .formatted(camera, host, camera.connectTimeout().toMillis()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VideoException(camera + ": ended while its host was looked up", e);
    }
    if (!found.isDone()) {
      throw new VideoException(camera + ": ended while its host was looked up");
    }
  }

  private void resolve(String host, CompletableFuture<Void> found) {
    try {
      resolver.resolve(host);
      found.complete(null);
    } catch (UnknownHostException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }
}
