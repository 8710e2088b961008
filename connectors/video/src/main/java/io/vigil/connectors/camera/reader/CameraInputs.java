package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.LiveInput;
import io.vigil.connectors.video.decode.VideoException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What FFmpeg is told of a camera. */
public final class CameraInputs {

  /** As Debian and most others have it; FFmpeg's build knows no machine's own. */
  private static final String MACHINE_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

  /** No format that names other addresses. */
  private static final String STREAM_FORMATS =
      "mpegts,flv,matroska,webm,mov,mp4,mjpeg,mpjpeg,h264,hevc";

  private CameraInputs() {}

  /**
   * @throws VideoException if its host or its credentials cannot be found
   */
  public static LiveInput of(CameraDefinition camera) throws VideoException {
    return of(camera, new CompletableFuture<>());
  }

  /**
   * @param stop ends the look-up of its host
   * @throws VideoException if its host or its credentials cannot be found
   */
  static LiveInput of(CameraDefinition camera, CompletableFuture<Void> stop) throws VideoException {
    HostNames.ofMachine().require(camera, stop);
    var protocol = URI.create(camera.url()).getScheme().toLowerCase(Locale.ROOT);
    var options = options(camera, protocol);
    var url = camera.url();
    if (!camera.credentials().isEmpty() && protocol.equals("srt")) {
      options.put("passphrase", Credentials.passphrase(camera));
    } else if (!camera.credentials().isEmpty()) {
      url = Credentials.into(camera);
    }
    return new LiveInput(
        camera.toString(),
        url,
        protocols(protocol),
        options,
        camera.connectTimeout(),
        camera.readTimeout());
  }

  private static String protocols(String protocol) {
    return switch (protocol) {
      case "rtsp" -> "rtsp,rtp,tcp,udp";
      case "rtsps" -> "rtsp,rtsps,rtp,tcp,udp,tls";
      case "http" -> "http,tcp";
      case "https" -> "https,tls,tcp";
      default -> protocol + ",udp";
    };
  }

  private static Map<String, String> options(CameraDefinition camera, String protocol)
      throws VideoException {
    var options = new TreeMap<String, String>();
    // No "nobuffer": it throws away what is read to learn the size, and so the key frame that a
    // camera begins with; the next may be ten seconds away.
    // Else it waits for frames to guess a rate that nobody needs: half a minute of one a second.
    options.put("fpsprobesize", "0");
    switch (protocol) {
      case "rtsp", "rtsps" -> {
        options.put("format_whitelist", "rtsp");
        options.put("rtsp_transport", camera.transport().name().toLowerCase(Locale.ROOT));
        options.put("allowed_media_types", "video");
      }
      case "http", "https" -> {
        options.put("format_whitelist", STREAM_FORMATS);
        options.put("max_redirects", "0");
      }
      default -> options.put("format_whitelist", STREAM_FORMATS);
    }
    if (protocol.equals("rtsps") || protocol.equals("https")) {
      options.put("tls_verify", camera.verifyCertificates() ? "1" : "0");
      options.put("ca_file", certificates(camera));
    }
    return options;
  }

  /** FFmpeg says of a file that is not there what it says of a certificate that is not trusted. */
  private static String certificates(CameraDefinition camera) throws VideoException {
    var own = camera.certificates();
    var file = own.isEmpty() ? MACHINE_CERTIFICATES : own;
    if (camera.verifyCertificates() && !Files.isReadable(Path.of(file))) {
      throw new VideoException(
          own.isEmpty()
              ? camera
                  + ": the machine's certificates, "
                  + file
                  + ", are not there; install ca-certificates, or name a file as certificates"
              : camera
                  + ": the file of its certificates, "
                  + file
                  + ", cannot be read where the camera is read; put it there");
    }
    return file;
  }
}
