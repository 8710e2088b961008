package io.vigil.connectors.video.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.rotate;

import io.vigil.model.detect.Letterbox;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Pictures resized, turned and padded into model pictures: bilinear with half-pixel centres and no
 * antialias, as google/automl resizes. Turning follows resizing, as there is less to turn then.
 */
final class Letterboxer implements AutoCloseable {

  private static final int MIRROR = 1;

  private record Shape(Letterbox letterbox, Orientation orientation, Fill fill) {}

  private Shape shape;
  private BytePointer buffer;
  private Mat picture;
  private Mat unturned;
  private Size unturnedSize;

  /**
   * @param coded before turning
   * @return uint8 [letterbox.height, letterbox.width, 3], the caller's own
   */
  byte[] letterbox(ScaledRgb coded, Orientation orientation, Letterbox letterbox, Fill fill) {
    var wanted = new Shape(letterbox, orientation, fill);
    if (!wanted.equals(shape)) {
      close();
      open(wanted);
    }
    coded.scale(unturned, unturnedSize);
    turn();
    var pixels = new byte[3 * letterbox.width() * letterbox.height()];
    buffer.get(pixels);
    return pixels;
  }

  private void open(Shape wanted) {
    var letterbox = wanted.letterbox;
    long rowBytes = 3L * letterbox.width();
    buffer = new BytePointer(rowBytes * letterbox.height());
    wanted.fill.over(buffer);
    int width = letterbox.scaledWidth();
    int height = letterbox.scaledHeight();
    // A window into the buffer: what is resized or turned into it is in its place.
    picture = new Mat(height, width, CV_8UC3, buffer, rowBytes);
    boolean swaps = wanted.orientation.swapsSides();
    unturnedSize = new Size(swaps ? height : width, swaps ? width : height);
    unturned =
        wanted.orientation.equals(Orientation.UPRIGHT)
            ? new Mat(picture)
            : new Mat(unturnedSize, CV_8UC3);
    shape = wanted;
  }

  private void turn() {
    if (shape.orientation.mirrored()) {
      flip(unturned, shape.orientation.quarterTurns() == 0 ? picture : unturned, MIRROR);
    }
    switch (shape.orientation.quarterTurns()) {
      case 1 -> rotate(unturned, picture, ROTATE_90_CLOCKWISE);
      case 2 -> rotate(unturned, picture, ROTATE_180);
      case 3 -> rotate(unturned, picture, ROTATE_90_COUNTERCLOCKWISE);
      default -> {
        // Resizing or mirroring has put it in its place.
      }
    }
  }

  @Override
  public void close() {
    if (shape != null) {
      unturned.close();
      unturnedSize.close();
      picture.close();
      buffer.close();
      shape = null;
    }
  }
}
