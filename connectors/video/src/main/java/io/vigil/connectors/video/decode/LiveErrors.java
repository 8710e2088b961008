package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;

/** What is said of live streams that cannot be read. None of it holds the url. */
final class LiveErrors {

  private LiveErrors() {}

  static String notOpened(LiveInput live, ReadInterrupt interrupt, int status) {
    if (FFmpeg.wasForCertificate()) {
      return live.name()
          + ": its certificate is not trusted, or is of another name than the url's; name its own as"
          + " certificates, or correct the url's host";
    }
    var reason =
        interrupt.isOverdue()
            ? "no answer in " + live.connectTimeout().toMillis() + " ms"
            : FFmpeg.errorText(status);
    return live.name()
        + ": cannot be connected to ("
        + reason
        + "); check its address, its credentials, "
        + (live.protocols().contains("tls") ? "its certificate, " : "")
        + "and that it is on";
  }

  static String notReadOn(LiveInput live, ReadInterrupt interrupt, int status) {
    // Frames that were still in the decoder may have put the deadline off since.
    return status == AVERROR_EXIT() || interrupt.isOverdue()
        ? "no frame came for " + live.readTimeout().toMillis() + " ms"
        : "the connection broke (" + FFmpeg.errorText(status) + ")";
  }
}
