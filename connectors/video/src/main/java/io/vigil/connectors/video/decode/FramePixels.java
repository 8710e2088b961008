package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.vigil.model.detect.Letterbox;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;

/** Decoded frames made model pictures, whatever they come from. */
final class FramePixels implements AutoCloseable {

  private final RgbConverter converter = new RgbConverter();
  private final PlanarYuv planarYuv = new PlanarYuv();
  private final Letterboxer letterboxer = new Letterboxer();

  static DisplayGeometry geometry(AVFrame frame) {
    try (var aspect = frame.sample_aspect_ratio()) {
      return DisplayGeometry.of(
          frame.width(), frame.height(), aspect.num(), aspect.den(), orientation(frame));
    }
  }

  private static Orientation orientation(AVFrame frame) {
    var matrix = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    return matrix == null
        ? Orientation.UPRIGHT
        : Orientation.ofDisplayMatrix(new IntPointer(matrix.data()));
  }

  /**
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   */
  byte[] letterbox(AVFrame frame, Letterbox letterbox, Fill fill) throws VideoException {
    var picture = PlanarYuv.takes(frame) ? planarYuv.of(frame) : converter.convert(frame);
    return letterboxer.letterbox(picture, geometry(frame).orientation(), letterbox, fill);
  }

  @Override
  public void close() {
    letterboxer.close();
    planarYuv.close();
    converter.close();
  }
}
