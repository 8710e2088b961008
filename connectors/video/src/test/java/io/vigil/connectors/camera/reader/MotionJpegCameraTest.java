package io.vigil.connectors.camera.reader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Cameras that send JPEGs over HTTP, which say nothing of their times. */
class MotionJpegCameraTest {

  private static final int PAUSE_MILLIS = 250;

  private static byte[] jpeg() throws IOException {
    var jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
    return jpeg.toByteArray();
  }

  private static void send(HttpExchange exchange) throws IOException {
    var jpeg = jpeg();
    exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=frame");
    exchange.sendResponseHeaders(200, 0);
    var head = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n";
    try (var body = exchange.getResponseBody()) {
      while (true) {
        body.write(head.formatted(jpeg.length).getBytes(US_ASCII));
        body.write(jpeg);
        body.write("\r\n".getBytes(US_ASCII));
        body.flush();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException gone) {
      // It has seen enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void itsFramesAreTimedAsTheyCome() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", MotionJpegCameraTest::send);
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      var camera = CameraDefinition.builder("gate", url).build();
      var letterbox = new LetterboxSettings(64, 16, false, new Fill(0, 0, 0));
      var seen = CameraProbe.of(camera, Duration.ofSeconds(2), letterbox);
      assertThat(seen.info().container()).isEqualTo("mpjpeg");
      assertThat(seen.framesPerSecond().getAsDouble()).isBetween(1.0, 8.0);
    } finally {
      server.stop(0);
    }
  }
}
