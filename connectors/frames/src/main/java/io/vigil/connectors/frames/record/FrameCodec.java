package io.vigil.connectors.frames.record;

import io.vigil.connectors.video.decode.UnitCodec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a frame's record holds. */
public enum FrameCodec {
  JPEG(UnitCodec.JPEG),
  PNG(UnitCodec.PNG),
  /** Planes without compression; pixel format and size are in the headers. */
  RAW(null),
  /** An access unit in Annex B. */
  H264(UnitCodec.H264),
  /** An access unit in Annex B. */
  H265(UnitCodec.H265);

  private final UnitCodec unit;

  FrameCodec(UnitCodec unit) {
    this.unit = unit;
  }

  public static FrameCodec of(UnitCodec unit) {
    return valueOf(unit.name());
  }

  static Optional<FrameCodec> named(String name) {
    return Arrays.stream(values()).filter(codec -> codec.label().equals(name)).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(FrameCodec::label).collect(Collectors.joining(", "));
  }

  /** As in the header. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null for {@code RAW}. */
  public UnitCodec unit() {
    return unit;
  }

  /** Whether a record is a picture of its own, that needs none before it. */
  public boolean isPicture() {
    return unit == null || unit.isStill();
  }
}
