package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;

import java.util.Locale;
import java.util.Optional;

/** Codecs whose units are decoded one by one, outside of a container. */
public enum UnitCodec {
  JPEG(AV_CODEC_ID_MJPEG),
  PNG(AV_CODEC_ID_PNG),
  /** Access units in Annex B: each part behind a start code. */
  H264(AV_CODEC_ID_H264),
  /** Access units in Annex B: each part behind a start code. */
  H265(AV_CODEC_ID_HEVC);

  private final int id;

  UnitCodec(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  static Optional<UnitCodec> ofId(int id) {
    for (var codec : values()) {
      if (codec.id == id) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }

  /** Whether a unit is a picture of its own, that needs none before it. */
  public boolean isStill() {
    return this == JPEG || this == PNG;
  }

  /** As it is written down: jpeg, png, h264, h265. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
