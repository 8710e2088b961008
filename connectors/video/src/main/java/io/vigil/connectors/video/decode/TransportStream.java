package io.vigil.connectors.video.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * MPEG-TS has neither an index nor an end; but its packets are of one size, so a file that was cut
 * off most likely ends in the middle of one.
 */
final class TransportStream {

  private static final byte SYNC = 0x47;
  private static final int PROBED_PACKETS = 5;

  /** Plain, with a time code in front (Blu-ray), with parity behind. */
  private static final int[] PACKET_SIZES = {188, 192, 204};

  private TransportStream() {}

  static boolean isCutOff(VideoInput input) {
    return input.container().equals("mpegts")
        && input.location().file() != null
        && endsInsidePacket(input.location().file());
  }

  private static boolean endsInsidePacket(Path path) {
    try (var file = FileChannel.open(path)) {
      var head = ByteBuffer.allocate((PROBED_PACKETS + 1) * PACKET_SIZES[2]);
      file.read(head, 0);
      head.flip();
      for (int size : PACKET_SIZES) {
        int first = firstSync(head, size);
        if (first >= 0) {
          return (file.size() - first + leader(size)) % size != 0;
        }
      }
      return false;
    } catch (IOException e) {
      // It was read to its end a moment ago; what is said of it then stands.
      return false;
    }
  }

  private static int leader(int packetSize) {
    return packetSize == 192 ? 4 : 0;
  }

  /** Where sync bytes begin to follow each other at that distance; -1 if they do not. */
  private static int firstSync(ByteBuffer head, int packetSize) {
    for (int first = 0; first < packetSize; first++) {
      int packet = 0;
      while (packet < PROBED_PACKETS
          && first + packet * packetSize < head.limit()
          && head.get(first + packet * packetSize) == SYNC) {
        packet++;
      }
      if (packet == PROBED_PACKETS) {
        return first;
      }
    }
    return -1;
  }
}
