package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import org.bytedeco.opencv.global.opencv_core;

/** Owner of the native libraries: loads them once and sets what is global in them. */
final class FFmpeg {

  private static final int ERROR_TEXT_BYTES = 256;

  static {
    // Vigil tells what FFmpeg found in messages of its own.
    av_log_set_level(AV_LOG_FATAL);
    // Small pictures: a pool of OpenCV's own would fight the decoder's threads for the cores.
    opencv_core.setNumThreads(1);
  }

  private FFmpeg() {}

  static void load() {
    // The static initialiser does it.
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
}
