package io.vigil.connectors.video.split;

import io.vigil.connectors.video.VideoFrame;
import java.util.zip.CRC32;

/**
 * A frame that was emitted, by which a restored reader finds its place again.
 *
 * @param crc CRC-32 of the letterboxed pixels
 */
public record FrameAnchor(long seq, long pts, int crc) {

  public static FrameAnchor of(VideoFrame frame) {
    return new FrameAnchor(frame.seq(), frame.pts(), crc(frame.rgb()));
  }

  public static int crc(byte[] pixels) {
    var crc = new CRC32();
    crc.update(pixels);
    return (int) crc.getValue();
  }
}
