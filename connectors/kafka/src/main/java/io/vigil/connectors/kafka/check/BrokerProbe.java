package io.vigil.connectors.kafka.check;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Who is at an address, asked with one small ApiVersions request, which every Kafka listener
 * without TLS answers before it asks for a password. Kafka's own client cannot tell: it retries in
 * silence, and takes a TLS alert or an HTTP reply for a record of some hundred megabytes.
 */
final class BrokerProbe {

  /** What answered, from the worst to the best. */
  enum Found {
    NO_HOST,
    NOBODY,
    STRANGER,
    TLS,
    KAFKA
  }

  private static final short API_VERSIONS = 18;
  private static final int CORRELATION_ID = 0x56494749;
  private static final int TLS_ALERT = 0x15;
  private static final int LARGEST_REPLY = 1 << 20;

  private BrokerProbe() {}

  /** The best answer of any of the addresses, host:port with commas between. */
  static Found probe(String bootstrapServers, Duration timeout) {
    var best = Found.NO_HOST;
    for (var server : bootstrapServers.split(",")) {
      var answer = probeOne(server.trim(), timeout);
      best = answer.compareTo(best) > 0 ? answer : best;
    }
    return best;
  }

  private static Found probeOne(String server, Duration timeout) {
    int colon = server.lastIndexOf(':');
    try {
      int port = Integer.parseInt(server.substring(colon + 1));
      var address = new InetSocketAddress(server.substring(0, Math.max(colon, 0)), port);
      return address.isUnresolved() ? Found.NO_HOST : ask(address, (int) timeout.toMillis());
    } catch (IllegalArgumentException malformed) {
      return Found.NO_HOST;
    }
  }

  private static Found ask(InetSocketAddress address, int timeoutMillis) {
    try (var socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      return reply(socket);
    } catch (EOFException | SocketTimeoutException | SocketException closedOrSilent) {
      return connects(address, timeoutMillis) ? Found.STRANGER : Found.NOBODY;
    } catch (IOException e) {
      return Found.NOBODY;
    }
  }

  private static boolean connects(InetSocketAddress address, int timeoutMillis) {
    try (var socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Found reply(Socket socket) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(10);
    out.writeShort(API_VERSIONS);
    out.writeShort(0);
    out.writeInt(CORRELATION_ID);
    out.writeShort(-1);
    out.flush();
    var in = new DataInputStream(socket.getInputStream());
    int size = in.readInt();
    if (size >>> 24 == TLS_ALERT) {
      return Found.TLS;
    }
    boolean plausible = size > 0 && size < LARGEST_REPLY;
    return plausible && in.readInt() == CORRELATION_ID ? Found.KAFKA : Found.STRANGER;
  }
}
