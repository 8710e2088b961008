package io.vigil.connectors.frames.picture;

import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.FrameHeaders.Size;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.record.RefusedException;

/** How large a picture may be. */
final class SizeRules {

  private SizeRules() {}

  /**
   * @param stated by the content
   * @throws RefusedException if that is too large, or not what the headers say
   */
  static void require(Size stated, FrameHeaders headers, FrameLimits limits)
      throws RefusedException {
    requireAffordable(stated, limits);
    if (headers.size().isPresent() && !headers.size().get().equals(stated)) {
      throw RefusedException.ofRecord(
          "header vigil-size is %s, and the content is %s".formatted(headers.size().get(), stated));
    }
  }

  static void requireAffordable(Size size, FrameLimits limits) throws RefusedException {
    if (size.pixels() > limits.mostPixels()) {
      throw RefusedException.ofRecord(
          "the picture would be %s, which are %,d pixels, and %,d are the most (frames.max-pixels)"
              .formatted(size, size.pixels(), limits.mostPixels()));
    }
  }
}
