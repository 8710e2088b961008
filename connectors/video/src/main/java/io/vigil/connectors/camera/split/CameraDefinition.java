package io.vigil.connectors.camera.split;

import io.vigil.connectors.video.StreamSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * A camera, and how it is read. May hold anything: {@link #problems} tells what is wrong with it.
 *
 * <pre>{@code
 * CameraDefinition gate =
 *     CameraDefinition.builder("gate", "rtsp://10.0.0.7/stream1")
 *         .credentials("env:GATE_LOGIN")
 *         .build();
 * }</pre>
 *
 * @param id key of its events
 * @param url of an allowed protocol, without credentials
 * @param credentials where {@code user:password}, or for SRT the passphrase, is found, on the
 *     machine that reads the camera: {@code env:NAME} or {@code file:PATH}; empty for none. Looked
 *     up at each connection
 * @param verifyCertificates of rtsps and https
 * @param certificates a file of certificates to trust, PEM; empty for the machine's own
 * @param connectTimeout until its pictures are known
 * @param stallLimit without a frame, after which it is told to have stalled
 * @param readTimeout without a frame, after which the connection is given up
 * @param everyNth takes only each n-th frame
 * @param mostFramesPerSecond takes at most so many; infinite for all
 * @param settings what is asked of it in the place of what is asked of all
 */
public record CameraDefinition(
    String id,
    String url,
    Transport transport,
    String credentials,
    boolean verifyCertificates,
    String certificates,
    Duration connectTimeout,
    Duration stallLimit,
    Duration readTimeout,
    int everyNth,
    double mostFramesPerSecond,
    Overload overload,
    StreamSettings settings)
    implements Serializable {

  public static CameraDefinitionBuilder builder(String id, String url) {
    return new CameraDefinitionBuilder(id, url);
  }

  /** What is wrong, each with the camera's id, the rule and the way out; empty if nothing is. */
  public List<String> problems() {
    return CameraRules.problems(this);
  }

  /** Without the url: some people hide a password in one. */
  @Override
  public String toString() {
    return "camera " + id;
  }
}
