package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.split.FrameAnchor;
import io.vigil.connectors.video.split.VideoSplit;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens a file such that the next frame is exactly the split's next one.
 *
 * <p>Decoding from the start is always right, and slow. A seek is fast, and not to be trusted: in
 * an open GOP the frames that follow the key frame but are displayed before it are missing or
 * wrong. So after a seek the last frames that were emitted before the checkpoint must come by
 * again: each with its pts, its pixels, and its distance from the one before. If they do not, it
 * goes back further, at last to the start. Where a pts is missing or occurs twice it tells no frame
 * from another, and only the start will do.
 */
final class ExactSeek {

  /** Longer than most GOPs; then far longer. */
  static final List<Double> USUAL_BACK_OFFS = List.of(4.0, 30.0);

  private final List<Double> backOffSeconds;
  private final ReadSettings settings;
  private final ReadStop stop;
  private final FramePictures pictures;

  ExactSeek(ReadSettings settings, List<Double> backOffSeconds, ReadStop stop) {
    this.settings = settings;
    this.backOffSeconds = backOffSeconds;
    this.stop = stop;
    this.pictures = settings.pictures();
  }

  /**
   * @throws VideoException if the file cannot be opened, or ends before the place
   */
  VideoDecoder open(VideoSplit split) throws VideoException {
    for (double seconds : backOffSeconds) {
      if (isWorthSeeking(split)) {
        var decoder = openAtAnchors(split, seconds);
        if (decoder != null) {
          return decoder;
        }
      }
    }
    return openFromStart(split);
  }

  private static boolean isWorthSeeking(VideoSplit split) {
    return split.position().distinctPts() && !split.anchors().isEmpty();
  }

  /** Null if the seek did not show the anchors, or would start before the file does. */
  private VideoDecoder openAtAnchors(VideoSplit split, double seconds) throws VideoException {
    var decoder = openDecoder(split);
    boolean found = false;
    try {
      long target = split.anchors().get(0).pts() - decoder.timeBase().units(seconds);
      found =
          target > split.position().firstPts()
              && decoder.seek(target)
              && reachAnchors(decoder, split.anchors())
              && skip(decoder, split.position().nextSeq() - 1 - lastAnchor(split).seq());
      return found ? decoder : null;
    } catch (VideoException e) {
      // It ends before the anchors, or is damaged there: the next try tells.
      return null;
    } finally {
      if (!found) {
        decoder.close();
      }
    }
  }

  private boolean reachAnchors(VideoDecoder decoder, List<FrameAnchor> anchors)
      throws VideoException {
    var first = anchors.get(0);
    do {
      if (!decoder.next() || decoder.frame().pts() > first.pts()) {
        return false;
      }
    } while (decoder.frame().pts() < first.pts());
    for (int i = 0; i < anchors.size(); i++) {
      long distance = i == 0 ? 0 : anchors.get(i).seq() - anchors.get(i - 1).seq();
      if (!skip(decoder, distance) || !isAt(decoder, anchors.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isAt(VideoDecoder decoder, FrameAnchor anchor) throws VideoException {
    var frame = decoder.frame();
    if (frame.pts() != anchor.pts()) {
      return false;
    }
    var pixels = pictures.picture(decoder, pictures.letterbox(decoder));
    return FrameAnchor.crc(pixels) == anchor.crc();
  }

  private VideoDecoder openFromStart(VideoSplit split) throws VideoException {
    var decoder = openDecoder(split);
    boolean reached = false;
    try {
      reached = skip(decoder, split.position().nextSeq());
      if (!reached) {
        throw new VideoException(
            split.path()
                + ": it ends before the place where it was read last; restore its content");
      }
      return decoder;
    } finally {
      if (!reached) {
        decoder.close();
      }
    }
  }

  private VideoDecoder openDecoder(VideoSplit split) throws VideoException {
    return VideoDecoder.open(
        Path.of(split.path()), settings.decoderThreads().count(), stop.interrupt());
  }

  private static boolean skip(VideoDecoder decoder, long frames) throws VideoException {
    for (long i = 0; i < frames; i++) {
      if (!decoder.next()) {
        return false;
      }
    }
    return true;
  }

  private static FrameAnchor lastAnchor(VideoSplit split) {
    return split.anchors().get(split.anchors().size() - 1);
  }
}
