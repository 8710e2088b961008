package io.vigil.model.train;

import io.vigil.model.config.Normalization;

/**
 * Resamples a picture into a training picture: bilinear with half-pixel centres, without
 * antialiasing, the rest 0 after normalising; only the pixels that are left are computed.
 */
final class Crop {
  private static final int CHANNELS = 3;

  private final RgbPicture picture;
  private final Jitter jitter;
  private final Axis rows;
  private final Axis columns;

  private Crop(RgbPicture picture, Jitter jitter) {
    this.picture = picture;
    this.jitter = jitter;
    this.rows =
        Axis.of(picture.height(), jitter.scaledHeight(), jitter.offsetY(), jitter.visibleHeight());
    this.columns =
        Axis.of(picture.width(), jitter.scaledWidth(), jitter.offsetX(), jitter.visibleWidth())
            .mirrored(jitter.mirrored());
  }

  /**
   * @param pixels normalised, [3, outputHeight, outputWidth] from {@code at} on; zeros before
   */
  static void into(
      float[] pixels, int at, RgbPicture picture, Jitter jitter, Normalization normalization) {
    var crop = new Crop(picture, jitter);
    for (var channel = 0; channel < CHANNELS; channel++) {
      var mean = normalization.mean().get(channel).floatValue();
      var factor = 1 / normalization.std().get(channel).floatValue();
      var plane = at + channel * jitter.outputHeight() * jitter.outputWidth();
      crop.channel(pixels, plane, channel, mean, factor);
    }
  }

  private void channel(float[] pixels, int plane, int channel, float mean, float factor) {
    for (var y = 0; y < rows.first.length; y++) {
      var upper = rows.first[y] * picture.width() * CHANNELS + channel;
      var lower = rows.second[y] * picture.width() * CHANNELS + channel;
      var row = plane + y * jitter.outputWidth();
      for (var x = 0; x < columns.first.length; x++) {
        var left = columns.first[x] * CHANNELS;
        var right = columns.second[x] * CHANNELS;
        var share = columns.share[x];
        var above = mix(at(upper + left), at(upper + right), share);
        var below = mix(at(lower + left), at(lower + right), share);
        pixels[row + x] = (mix(above, below, rows.share[y]) - mean) * factor;
      }
    }
  }

  private int at(int place) {
    return picture.rgb()[place] & 0xff;
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  /** The two places of the picture around each place of the crop, and how near the second is. */
  private record Axis(int size, int[] first, int[] second, float[] share) {

    static Axis of(int size, int scaled, int offset, int visible) {
      var axis = new Axis(size, new int[visible], new int[visible], new float[visible]);
      var step = (float) size / scaled;
      for (var i = 0; i < visible; i++) {
        var place = (i + offset + 0.5f) * step - 0.5f;
        var floor = (int) Math.floor(place);
        axis.first[i] = Math.max(0, Math.min(size - 1, floor));
        axis.second[i] = Math.max(0, Math.min(size - 1, floor + 1));
        axis.share[i] = place - floor;
      }
      return axis;
    }

    Axis mirrored(boolean really) {
      if (really) {
        for (var i = 0; i < first.length; i++) {
          first[i] = size - 1 - first[i];
          second[i] = size - 1 - second[i];
        }
      }
      return this;
    }
  }
}
