package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.vigil.model.detect.Letterbox;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resizing before the matrix and after it are two ways to one picture. */
class PlanarYuvTest {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 270;

  /** Two roundings more, and swscale's chroma is the nearest, where this one interpolates. */
  private static final int GREY_LEVELS = 5;

  @ParameterizedTest
  @CsvSource({"128, false", "384, false", "512, false", "480, true"})
  void givesThePictureThatTheOtherWayGives(int resolution, boolean fullRange)
      throws VideoException {
    FFmpeg.load();
    var frame = gradients(fullRange);
    var letterbox = Letterbox.of(WIDTH, HEIGHT, resolution, 128, false);
    try (var planar = new PlanarYuv();
        var converter = new RgbConverter();
        var first = new Letterboxer();
        var second = new Letterboxer()) {
      assertThat(PlanarYuv.takes(frame)).isTrue();
      var pixels = first.letterbox(planar.of(frame), Orientation.UPRIGHT, letterbox, Fill.BLACK);
      var others =
          second.letterbox(converter.convert(frame), Orientation.UPRIGHT, letterbox, Fill.BLACK);
      assertThat(greatestDifference(pixels, others)).isLessThanOrEqualTo(GREY_LEVELS);
    } finally {
      av_frame_free(frame);
    }
  }

  private static int greatestDifference(byte[] pixels, byte[] others) {
    assertThat(pixels).hasSameSizeAs(others);
    int greatest = 0;
    for (int i = 0; i < pixels.length; i++) {
      greatest = Math.max(greatest, Math.abs((pixels[i] & 0xff) - (others[i] & 0xff)));
    }
    return greatest;
  }

  /** Luma rises to the right, one chroma downwards, the other falls to the right. */
  private static AVFrame gradients(boolean fullRange) {
    var frame = av_frame_alloc();
    frame.width(WIDTH).height(HEIGHT).format(fullRange ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P);
    frame.colorspace(avutil.AVCOL_SPC_BT709);
    assertThat(av_frame_get_buffer(frame, 0)).isZero();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        put(frame, 0, x, y, 60 + 130 * x / WIDTH);
        put(frame, 1, x / 2, y / 2, 100 + 50 * y / HEIGHT);
        put(frame, 2, x / 2, y / 2, 155 - 50 * x / WIDTH);
      }
    }
    return frame;
  }

  private static void put(AVFrame frame, int plane, int x, int y, int value) {
    frame.data(plane).put((long) y * frame.linesize(plane) + x, (byte) value);
  }
}
