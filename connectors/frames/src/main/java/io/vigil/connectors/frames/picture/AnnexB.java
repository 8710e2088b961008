package io.vigil.connectors.frames.picture;

import io.vigil.connectors.frames.record.FrameCodec;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.video.split.FrameReasons;
import java.util.HashSet;
import java.util.Set;

/**
 * The parts of an access unit, each behind a start code; ITU-T H.264 and H.265, 7.3.1 and B.
 *
 * @param parameters whether it has all sets of parameters that decoding needs
 */
record AnnexB(boolean parameters) {

  private static final int H264_LAST_PICTURE_PART = 5;
  private static final Set<Integer> H264_PARAMETERS = Set.of(7, 8);
  private static final Set<Integer> H265_PARAMETERS = Set.of(32, 33, 34);
  private static final int H265_TYPES = 48;

  /**
   * @throws RefusedException if it is no access unit of the codec
   */
  static AnnexB of(byte[] unit, FrameCodec codec) throws RefusedException {
    if (!beginsWithStartCode(unit)) {
      throw refused(codec, "it does not begin with a start code (Annex B)");
    }
    var needed = new HashSet<>(codec == FrameCodec.H264 ? H264_PARAMETERS : H265_PARAMETERS);
    for (int at = nextPart(unit, 0); at + 1 < unit.length; at = nextPart(unit, at)) {
      needed.remove(codec == FrameCodec.H264 ? h264Type(unit, at) : h265Type(unit, at));
    }
    return new AnnexB(needed.isEmpty());
  }

  private static boolean beginsWithStartCode(byte[] unit) {
    int zeros = 0;
    while (zeros < unit.length && unit[zeros] == 0) {
      zeros++;
    }
    return zeros >= 2 && zeros + 2 < unit.length && unit[zeros] == 1;
  }

  private static int h264Type(byte[] unit, int at) throws RefusedException {
    int type = unit[at] & 0x1f;
    boolean partitioned = type > 1 && type < H264_LAST_PICTURE_PART;
    if (unit[at] < 0 || type == 0 || partitioned) {
      throw refused(FrameCodec.H264, "it has a part of type " + type);
    }
    return type;
  }

  private static int h265Type(byte[] unit, int at) throws RefusedException {
    int type = unit[at] >> 1 & 0x3f;
    if (unit[at] < 0 || type >= H265_TYPES || (unit[at + 1] & 7) == 0) {
      throw refused(FrameCodec.H265, "it has a part of type " + type);
    }
    return type;
  }

  private static RefusedException refused(FrameCodec codec, String why) {
    return new RefusedException(
        FrameReasons.DECODE,
        "the content is no access unit of %s: %s; correct the header vigil-codec, or the content"
            .formatted(codec.label(), why));
  }

  /** Where the first part from there on begins, behind its start code; the length if none does. */
  private static int nextPart(byte[] unit, int from) {
    for (int at = from; at + 2 < unit.length; at++) {
      if (unit[at] == 0 && unit[at + 1] == 0 && unit[at + 2] == 1) {
        return at + 3;
      }
    }
    return unit.length;
  }
}
