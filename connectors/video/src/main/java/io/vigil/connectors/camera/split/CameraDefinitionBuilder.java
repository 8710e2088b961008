package io.vigil.connectors.camera.split;

import io.vigil.connectors.video.StreamSettings;
import java.time.Duration;

/** Collects what is not as usual about a camera. */
public final class CameraDefinitionBuilder {

  private final String id;
  private final String url;
  private Transport transport = Transport.TCP;
  private String credentials = "";
  private boolean verifyCertificates = true;
  private String certificates = "";
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration stallLimit = Duration.ofSeconds(5);
  private Duration readTimeout = Duration.ofSeconds(15);
  private int everyNth = 1;
  private double mostFramesPerSecond = Double.POSITIVE_INFINITY;
  private Overload overload = Overload.LATEST;
  private StreamSettings settings = StreamSettings.USUAL;

  CameraDefinitionBuilder(String id, String url) {
    this.id = id;
    this.url = url;
  }

  /** Of RTSP; TCP unless set. */
  public CameraDefinitionBuilder transport(Transport newTransport) {
    transport = newTransport;
    return this;
  }

  /**
   * {@code env:NAME} or {@code file:PATH}, which hold {@code user:password}, or for SRT the
   * passphrase; none unless set.
   */
  public CameraDefinitionBuilder credentials(String reference) {
    credentials = reference;
    return this;
  }

  /** True unless set. */
  public CameraDefinitionBuilder verifyCertificates(boolean verify) {
    verifyCertificates = verify;
    return this;
  }

  /** A file, PEM; the machine's certificates unless set. */
  public CameraDefinitionBuilder certificates(String path) {
    certificates = path;
    return this;
  }

  /** 10 s unless set. */
  public CameraDefinitionBuilder connectTimeout(Duration timeout) {
    connectTimeout = timeout;
    return this;
  }

  /** 5 s unless set. */
  public CameraDefinitionBuilder stallLimit(Duration limit) {
    stallLimit = limit;
    return this;
  }

  /** 15 s unless set. */
  public CameraDefinitionBuilder readTimeout(Duration timeout) {
    readTimeout = timeout;
    return this;
  }

  /** 1 unless set. */
  public CameraDefinitionBuilder everyNth(int n) {
    everyNth = n;
    return this;
  }

  /** All unless set. */
  public CameraDefinitionBuilder mostFramesPerSecond(double rate) {
    mostFramesPerSecond = rate;
    return this;
  }

  /** The latest frames unless set. */
  public CameraDefinitionBuilder overload(Overload policy) {
    overload = policy;
    return this;
  }

  /** What is asked of all unless set. */
  public CameraDefinitionBuilder settings(StreamSettings ownSettings) {
    settings = ownSettings;
    return this;
  }

  public CameraDefinition build() {
    return new CameraDefinition(
        id,
        url,
        transport,
        credentials,
        verifyCertificates,
        certificates,
        connectTimeout,
        stallLimit,
        readTimeout,
        everyNth,
        mostFramesPerSecond,
        overload,
        settings);
  }
}
