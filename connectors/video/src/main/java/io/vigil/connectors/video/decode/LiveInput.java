package io.vigil.connectors.video.decode;

import java.time.Duration;
import java.util.Map;

/**
 * A stream that is read while it is made.
 *
 * @param name what messages call it
 * @param url for FFmpeg; may hold a password, so nothing prints it
 * @param protocols that may be used for it, with commas; FFmpeg refuses all others
 * @param options of FFmpeg's demuxer and protocols
 * @param connectTimeout until the stream is known; holds whatever FFmpeg does meanwhile
 * @param readTimeout the longest wait for a frame, however many packets come meanwhile
 */
public record LiveInput(
    String name,
    String url,
    String protocols,
    Map<String, String> options,
    Duration connectTimeout,
    Duration readTimeout) {

  public LiveInput {
    options = Map.copyOf(options);
  }

  @Override
  public String toString() {
    return name;
  }
}
