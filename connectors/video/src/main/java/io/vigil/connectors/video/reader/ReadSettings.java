package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.StreamSettings;
import java.io.Serializable;

/**
 * How files are read.
 *
 * @param stream of every file
 * @param samplingRate frames a second to take, at most; infinite for all
 * @param startSeconds from the file's first frame; frames before it are decoded, as their number is
 *     in the seq of those after, and dropped
 * @param endSeconds from the file's first frame; the frame there and all after it are never reached
 * @param decoderThreads of each open file
 */
public record ReadSettings(
    LetterboxSettings letterbox,
    StreamSettings stream,
    double samplingRate,
    double startSeconds,
    double endSeconds,
    DecoderThreads decoderThreads)
    implements Serializable {

  public ReadSettings(
      LetterboxSettings letterbox,
      double samplingRate,
      double startSeconds,
      double endSeconds,
      DecoderThreads decoderThreads) {
    this(letterbox, StreamSettings.USUAL, samplingRate, startSeconds, endSeconds, decoderThreads);
  }

  FramePictures pictures() {
    return new FramePictures(letterbox, stream.masks());
  }
}
