package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_INFO;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;

/** Owner of the native libraries: loads them once and sets what is global in them. */
final class FFmpeg {

  private static final int ERROR_TEXT_BYTES = 256;

  /**
   * FFmpeg's levels are multiples of it, so what is added to a level below it can be told apart.
   */
  private static final int LEVEL_STEP = 8;

  private static final AtomicLongArray COMPLAINTS = new AtomicLongArray(LEVEL_STEP);
  private static final AtomicInteger DECODERS = new AtomicInteger();

  /** FFmpeg holds it by its address alone. */
  private static final LogCallback LISTENER = new Listener();

  static {
    // Nothing is printed: Vigil tells what FFmpeg found in messages of its own.
    av_log_set_level(AV_LOG_INFO + LEVEL_STEP - 1);
    setLogCallback(LISTENER);
    // Small pictures: a pool of OpenCV's own would fight the decoder's threads for the cores.
    opencv_core.setNumThreads(1);
  }

  /** Whether the last error that FFmpeg logged in a thread was about a certificate. */
  private static final ThreadLocal<Boolean> CERTIFICATE = ThreadLocal.withInitial(() -> false);

  private FFmpeg() {}

  /** Before something that may fail for a certificate. */
  static void forgetCertificate() {
    CERTIFICATE.set(false);
  }

  /** FFmpeg's error says no more than that input or output failed; its log does. */
  static boolean wasForCertificate() {
    return CERTIFICATE.get();
  }

  static void load() {
    // The static initialiser does it.
  }

  /**
   * A number for a decoder to add to the level of what it logs: FFmpeg's messages do not say in
   * another way whose they are. 1 to 7; with more decoders at a time some share one. 0 is everyone
   * else's.
   */
  static int nextLevelOffset() {
    return 1 + Math.floorMod(DECODERS.getAndIncrement(), LEVEL_STEP - 1);
  }

  /**
   * How often decoders with that offset have met damage. There is no other sign of all damage: a
   * picture that ends early is concealed without an error, and marked when it may be too late.
   */
  static long complaints(int levelOffset) {
    return COMPLAINTS.get(levelOffset);
  }

  static String errorText(int error) {
    var text = new byte[ERROR_TEXT_BYTES];
    av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /** Called for messages up to AV_LOG_INFO only, of which a sound video causes next to none. */
  private static final class Listener extends LogCallback {

    @Override
    public void call(int level, BytePointer message) {
      int offset = Math.floorMod(level, LEVEL_STEP);
      if (level - offset <= AV_LOG_ERROR || message.getString().contains("concealing")) {
        COMPLAINTS.incrementAndGet(offset);
        if (message.getString().contains("certificate")) {
          CERTIFICATE.set(true);
        }
      }
    }
  }
}
