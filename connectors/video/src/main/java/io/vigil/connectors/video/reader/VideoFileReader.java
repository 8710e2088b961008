package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.FrameInfo;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.metrics.ReaderStreamMetrics;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import io.vigil.connectors.video.split.FrameCounts;
import io.vigil.connectors.video.split.FrameReasons;
import io.vigil.connectors.video.split.VideoPosition;
import io.vigil.connectors.video.split.VideoPosition.Phase;
import io.vigil.connectors.video.split.VideoSplit;
import java.nio.file.Path;

/**
 * One file from its position to its end: {@code CONNECTED}, frames, {@code ENDED} or {@code
 * FAILED}. A file that cannot be opened is {@code FAILED} at once. No error of the file leaves it
 * as an exception, so other files go on.
 */
final class VideoFileReader implements AutoCloseable {

  private final VideoSplit split;
  private final ReadSettings settings;
  private final ExactSeek exactSeek;
  private final FrameSelection selection;
  private final VideoSourceMetrics metrics;
  private final ReaderStreamMetrics stream;
  private final ReadStop stop;
  private final FramePictures pictures;
  private VideoPosition position;
  private VideoDecoder decoder;

  VideoFileReader(
      VideoSplit split,
      ReadSettings settings,
      ExactSeek exactSeek,
      VideoSourceMetrics metrics,
      ReadStop stop) {
    this.split = split;
    this.settings = settings;
    this.exactSeek = exactSeek;
    this.selection = new FrameSelection(settings);
    this.metrics = metrics;
    this.stream = metrics.of(split.streamId());
    this.stop = stop;
    this.pictures = settings.pictures();
    this.position = split.position();
  }

  /**
   * @return null when the split is finished, or its read was ended by the stop
   */
  ReadElement next() {
    if (position.phase() == Phase.FINISHED) {
      return null;
    }
    try {
      return decoder == null && position.phase() == Phase.NEW ? connect() : read();
    } catch (VideoException e) {
      return fail(e.getMessage());
    } catch (RuntimeException e) {
      // FFmpeg's and OpenCV's own, thrown through JavaCPP
      return fail(split.path() + ": cannot be read on: " + e);
    }
  }

  private ReadElement fail(String reason) {
    if (stop.isRaised()) {
      return null;
    }
    metrics.streamFailed();
    return finish(StreamNotice.Kind.FAILED, reason);
  }

  private ReadElement connect() throws VideoException {
    decoder = exactSeek.open(split);
    position = position.connected(FileSession.of(Path.of(split.path())));
    return new ReadElement(notice(StreamNotice.Kind.CONNECTED, ""), position);
  }

  private ReadElement read() throws VideoException {
    if (decoder == null) {
      requireSameContent();
      decoder = exactSeek.open(split);
    }
    long start = System.nanoTime();
    boolean any = decoder.next();
    if (!any) {
      return finish(StreamNotice.Kind.ENDED, "");
    }
    stream.frameDecoded(System.nanoTime() - start);
    return choose(decoder.frame());
  }

  private void requireSameContent() throws VideoException {
    if (!FileSession.of(Path.of(split.path())).equals(position.session())) {
      throw new VideoException(
          split.path()
              + ": its content is not what it was at the checkpoint; put the old file back, or"
              + " start without the checkpoint");
    }
  }

  private ReadElement choose(FrameInfo frame) {
    long first = position.nextSeq() == 0 ? frame.pts() : position.firstPts();
    double seconds = decoder.timeBase().seconds(frame.pts() - first);
    return switch (selection.choose(seconds, position)) {
      case AT_END -> finish(StreamNotice.Kind.ENDED, "");
      case BEFORE_START -> passOver(frame, FrameReasons.RANGE, position.counts().oneMoreByRange());
      case PASS_OVER ->
          passOver(frame, FrameReasons.SAMPLING, position.counts().oneMoreBySampling());
      case TAKE -> take(frame, selection.slot(seconds));
    };
  }

  private ReadElement passOver(FrameInfo frame, String reason, FrameCounts counts) {
    stream.frameDropped(reason);
    return advance(null, frame, position.lastSlot(), counts);
  }

  private ReadElement take(FrameInfo frame, long slot) {
    try {
      return advance(letterboxed(frame), frame, slot, position.counts());
    } catch (VideoException | RuntimeException e) {
      stream.frameFailed(FrameReasons.LETTERBOX);
      var failure = failure(frame, split.path() + ": " + e.getMessage());
      return advance(failure, frame, slot, position.counts().oneMoreFailedLetterbox());
    }
  }

  private VideoFrame letterboxed(FrameInfo frame) throws VideoException {
    long start = System.nanoTime();
    var letterbox = pictures.letterbox(decoder);
    var pixels = pictures.picture(decoder, letterbox);
    stream.frameLetterboxed(System.nanoTime() - start);
    return new VideoFrame(
        split.streamId(),
        position.session(),
        position.nextSeq(),
        frame.pts(),
        decoder.timeBase().numerator(),
        decoder.timeBase().denominator(),
        null,
        settings.stream(),
        letterbox,
        pixels,
        false,
        System.nanoTime());
  }

  private FrameFailure failure(FrameInfo frame, String reason) {
    return new FrameFailure(
        split.streamId(),
        position.session(),
        position.nextSeq(),
        frame.pts(),
        decoder.timeBase().numerator(),
        decoder.timeBase().denominator(),
        FrameReasons.LETTERBOX,
        reason);
  }

  private ReadElement advance(VideoRecord record, FrameInfo frame, long slot, FrameCounts counts) {
    long millis = decoder.timeBase().millis(frame.pts());
    position = position.after(frame.pts(), frame.exactPts(), slot, millis, counts);
    return new ReadElement(record, position);
  }

  private ReadElement finish(StreamNotice.Kind kind, String detail) {
    position = position.finished(position.phase() == Phase.NEW ? session() : position.session());
    return new ReadElement(notice(kind, detail), position);
  }

  private String session() {
    try {
      return FileSession.of(Path.of(split.path()));
    } catch (VideoException e) {
      return FileSession.UNREADABLE;
    }
  }

  private StreamNotice notice(StreamNotice.Kind kind, String detail) {
    return new StreamNotice(
        split.streamId(),
        position.session(),
        kind,
        position.nextSeq(),
        position.counts().dropped(),
        position.counts().failed(),
        detail);
  }

  @Override
  public void close() {
    metrics.ended(split.streamId());
    if (decoder != null) {
      decoder.close();
    }
  }
}
