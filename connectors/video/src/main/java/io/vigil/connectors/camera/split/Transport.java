package io.vigil.connectors.camera.split;

/** What RTSP carries pictures over. */
public enum Transport {
  /** Loses nothing, and passes firewalls. */
  TCP,
  /** Never waits for what was lost. */
  UDP
}
