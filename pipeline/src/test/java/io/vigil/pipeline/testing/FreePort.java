package io.vigil.pipeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For a server that has to know its port before it starts. */
public final class FreePort {

  private FreePort() {}

  /** A port of this machine that nobody listens on. */
  public static int find() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("no port is free", failure);
    }
  }
}
