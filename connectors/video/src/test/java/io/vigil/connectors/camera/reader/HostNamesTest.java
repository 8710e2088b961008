package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.VideoException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostNamesTest {

  private final CountDownLatch answer = new CountDownLatch(1);
  private final CompletableFuture<Void> stop = new CompletableFuture<>();

  /** As a resolver whose server is gone: nobody can interrupt it. */
  private final HostNames hung =
      new HostNames(
          host -> {
            boolean answered = false;
            while (!answered) {
              try {
                answer.await();
                answered = true;
              } catch (InterruptedException e) {
                // goes on
              }
            }
          });

  @AfterEach
  void answer() {
    answer.countDown();
  }

  private static CameraDefinition camera(Duration connectTimeout) {
    return CameraDefinition.builder("gate", "rtsp://gate.example/a")
        .connectTimeout(connectTimeout)
        .build();
  }

  @Test
  void aLookUpThatHangsIsGivenUpAfterTheConnectTimeOut() {
    assertThatThrownBy(() -> hung.require(camera(Duration.ofMillis(50)), stop))
        .isInstanceOf(VideoException.class)
        .hasMessage(
            "camera gate: its host, gate.example, was not found in 50 ms; check that names are"
                + " looked up");
  }

  @Test
  void aLookUpThatHangsHoldsUpNoEnd() throws Exception {
    var outcome = new CompletableFuture<Exception>();
    var thread =
        new Thread(
            () -> {
              try {
                hung.require(camera(Duration.ofDays(1)), stop);
              } catch (VideoException e) {
                outcome.complete(e);
              }
            });
    thread.start();
    stop.complete(null);
    assertThat(outcome.get()).hasMessage("camera gate: ended while its host was looked up");
    thread.join();
  }

  @Test
  void aHostThatIsThereIsFound() throws Exception {
    new HostNames(host -> assertThat(host).isEqualTo("gate.example"))
        .require(camera(Duration.ofDays(1)), stop);
  }
}
