package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something on a port that is not Kafka, and answers every request with the same bytes. */
final class Stranger implements AutoCloseable {

  private final ServerSocket server;
  private final byte[] answer;

  Stranger(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::serve, "stranger");
    thread.setDaemon(true);
    thread.start();
  }

  KafkaConnection connection() {
    return KafkaConnection.to("127.0.0.1:" + server.getLocalPort());
  }

  private void serve() {
    while (!server.isClosed()) {
      try (var client = server.accept()) {
        reply(client);
      } catch (IOException closed) {
        // the next client may be luckier, and a closed server ends the loop
      }
    }
  }

  private void reply(Socket client) throws IOException {
    if (client.getInputStream().readNBytes(14).length == 14) {
      client.getOutputStream().write(answer);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
