package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.camera.split.Transport;
import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.pipeline.config.KafkaConfig.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CamerasConfigTest {

  private static final String LEAST =
      "version: 1\ncameras:\n  gate:\n    url: rtsp://10.0.0.7/stream1\n";

  private static JobConfig read(String yaml) {
    return Yaml.read(yaml, Map.of());
  }

  @Test
  void defaults() {
    assertThat(read(LEAST).cameras())
        .containsExactly(CameraDefinition.builder("gate", "rtsp://10.0.0.7/stream1").build());
    assertThat(Yaml.withAdded("").cameras()).isEmpty();
  }

  @Test
  void everyKey() {
    var config =
        read(
            """
            version: 1
            cameras:
              gate:
                url: rtsps://10.0.0.7/stream1
                credentials: env:GATE
                transport: udp
                verify-certificates: false
                certificates: /etc/gate.pem
                connect-timeout: 1s
                stall-limit: 2s
                read-timeout: 3s
                every-nth: 2
                fps: 5
                overload: block
                score: 0.4
                classes: [car, person]
                masks: [[[0, 0], [0.5, 0], [0.5, 1]]]
              street:
                url: http://10.0.0.8/mjpeg
            """);
    assertThat(config.cameras())
        .containsExactly(
            CameraDefinition.builder("gate", "rtsps://10.0.0.7/stream1")
                .credentials("env:GATE")
                .transport(Transport.UDP)
                .verifyCertificates(false)
                .certificates("/etc/gate.pem")
                .connectTimeout(Duration.ofSeconds(1))
                .stallLimit(Duration.ofSeconds(2))
                .readTimeout(Duration.ofSeconds(3))
                .everyNth(2)
                .mostFramesPerSecond(5)
                .overload(Overload.BLOCK)
                .settings(
                    new StreamSettings(
                        0.4,
                        List.of("car", "person"),
                        List.of(
                            new Mask(
                                List.of(
                                    new Mask.Corner(0, 0),
                                    new Mask.Corner(0.5, 0),
                                    new Mask.Corner(0.5, 1))))))
                .build(),
            CameraDefinition.builder("street", "http://10.0.0.8/mjpeg").build());
  }

  @Test
  void refuses() {
    assertThat(
            Yaml.problems(
                """
                version: 1
                source: {fps: 5}
                cameras:
                  gate: {url: "file:///etc/passwd", every-nth: 0}
                  street: {urls: rtsp://a}
                  yard: {url: "rtsp://b", masks: [[[0, 0], [640, 0], [0, 360]]]}
                  lane: {url: "rtsp://b", masks: [0.5, 0.5]}
                """))
        .containsExactly(
            "cameras.gate.every-nth: 0: must be a whole number from 1 to 1000000"
                + " (takes each n-th frame)",
            "cameras.gate: protocol file is refused; a camera is read over one of rtsp, rtsps,"
                + " http, https, srt, and a file by source.files",
            "cameras.street.url: is missing; write where the camera is, rtsp://HOST/PATH",
            "cameras.street.urls: no such key. Did you mean url? Here are: url, transport,"
                + " credentials, verify-certificates, certificates, connect-timeout, stall-limit,"
                + " read-timeout, every-nth, fps, overload, score, classes, masks.",
            "cameras.yard.masks: one has the corner [640.0, 0.0], but corners are shares of the"
                + " picture, 0 to 1: x in pixels / width, y in pixels / height",
            "cameras.lane.masks: must be a list of polygons, each a list of corners [x, y], which"
                + " are shares of the picture from 0 to 1, such as [[[0, 0], [0.3, 0], [0.3, 1]]]",
            "source: is for files, and there are cameras, which have keys of their own; a job"
                + " looks at one or the other");
  }

  @Test
  void eventsOfCamerasAreVisibleAtOnceUnlessToldOtherwise() {
    assertThat(read(LEAST).kafka().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(read(LEAST + "kafka: {delivery: exactly-once}\n").kafka().delivery())
        .isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(Yaml.withAdded("").kafka().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
  }

  @Test
  void jobsOfOtherCamerasHaveOtherNames() {
    assertThat(read(LEAST.replace("gate", "door")).name()).isNotEqualTo(read(LEAST).name());
    assertThat(read(LEAST + "    fps: 5\n").name()).isEqualTo(read(LEAST).name());
  }
}
