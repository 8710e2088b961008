package io.vigil.pipeline.config;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.camera.split.Transport;
import io.vigil.connectors.video.StreamSettings;
import java.time.Duration;
import java.util.List;

/** Cameras, each below its id. */
final class CamerasConfig {

  private static final Duration SHORTEST = Duration.ofMillis(100);

  private CamerasConfig() {}

  static List<CameraDefinition> read(Section root) {
    return root.sections("cameras", "each camera below its id").entrySet().stream()
        .map(entry -> camera(entry.getKey(), entry.getValue()))
        .toList();
  }

  static CameraDefinition camera(String id, Section section) {
    var usual = CameraDefinition.builder(id, "").build();
    var url = section.text("url", "rtsp://HOST/PATH or the like, without credentials");
    if (url.isEmpty()) {
      section.refuseUnseen("url", "is missing; write where the camera is, rtsp://HOST/PATH");
    }
    var camera =
        CameraDefinition.builder(id, url.orElse(""))
            .transport(section.choice("transport", Transport.TCP, "of RTSP"))
            .credentials(
                section.text(
                    "credentials",
                    "",
                    "env:NAME or file:PATH of user:password, or for srt of the passphrase"))
            .verifyCertificates(section.flag("verify-certificates", true, "of rtsps and https"))
            .certificates(section.text("certificates", "", "a file of certificates to trust, PEM"))
            .connectTimeout(
                section.duration(
                    "connect-timeout", usual.connectTimeout(), SHORTEST, "until it is connected"))
            .stallLimit(
                section.duration(
                    "stall-limit", usual.stallLimit(), SHORTEST, "without a frame, to be told"))
            .readTimeout(
                section.duration(
                    "read-timeout",
                    usual.readTimeout(),
                    SHORTEST,
                    "without a frame, to connect again"))
            .everyNth(section.integer("every-nth", 1, 1, 1_000_000, "takes each n-th frame"))
            .mostFramesPerSecond(
                section
                    .number("fps", 0.001, 1000, "most frames a second to look at")
                    .orElse(usual.mostFramesPerSecond()))
            .overload(section.choice("overload", Overload.LATEST, "frames that come too fast"))
            .settings(settings(section))
            .build();
    section.refuseUnknown();
    if (url.isPresent()) {
      refuseProblems(camera, section);
    }
    return camera;
  }

  private static StreamSettings settings(Section section) {
    var score = section.number("score", 0, 1, "the lowest score of a detection that is kept");
    var classes = section.texts("classes", "names of the classes that are kept");
    return new StreamSettings(score.orElse(null), classes, MasksConfig.read(section, "masks"));
  }

  private static void refuseProblems(CameraDefinition camera, Section section) {
    var name = camera + ": ";
    camera.problems().stream()
        .filter(problem -> !problem.startsWith(name + "a mask ")) // told with their key
        .forEach(problem -> section.refuse(problem.substring(name.length())));
  }
}
