package io.vigil.connectors.video.decode;

import org.bytedeco.ffmpeg.avutil.AVRational;

/** FFmpeg's fractions. */
final class Rationals {

  private Rationals() {}

  static TimeBase timeBase(AVRational rational) {
    return new TimeBase(rational.num(), rational.den());
  }

  /** 0 if not known. */
  static double value(AVRational rational) {
    return rational.den() == 0 ? 0 : (double) rational.num() / rational.den();
  }
}
