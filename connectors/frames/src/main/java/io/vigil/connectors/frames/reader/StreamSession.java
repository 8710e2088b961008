package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.frames.split.DecodingPoint;
import io.vigil.connectors.frames.split.StreamPosition;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.FrameGap;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.metrics.ReaderStreamMetrics;
import io.vigil.connectors.video.split.FrameReasons;
import java.util.List;

/**
 * The session that a stream is in, if it is in one: counts what the stream gives, and makes it
 * elements with the position behind each.
 */
final class StreamSession {

  private final String streamId;
  private final ReaderStreamMetrics metrics;
  private StreamPosition position;

  /**
   * @param position null if no session is open
   */
  StreamSession(String streamId, StreamPosition position, ReaderStreamMetrics metrics) {
    this.streamId = streamId;
    this.position = position;
    this.metrics = metrics;
  }

  String streamId() {
    return streamId;
  }

  boolean isOpen() {
    return position != null;
  }

  /** Null if none is open. */
  StreamPosition position() {
    return position;
  }

  /**
   * @param offset of the record that opens it
   */
  void open(String session, long millis, long offset, List<FrameElement> out) {
    position = StreamPosition.opened(session, offset);
    tell(StreamNotice.Kind.CONNECTED, null, millis, offset, out);
  }

  /**
   * @param detail why, if not by its producer's word
   */
  void end(long millis, long offset, String detail, List<FrameElement> out) {
    var notice = notice(StreamNotice.Kind.ENDED, detail, null);
    position = null;
    out.add(new FrameElement(notice, millis, streamId, null, offset));
  }

  /** Where decoding can begin again from now on. */
  void decodableFrom(List<DecodingPoint> points) {
    position = position.withPoints(points);
  }

  /** What comes until the next key frame cannot be decoded, and is missing. */
  void lose() {
    position = position.withPoints(List.of()).withGap(true);
  }

  /** A frame that cannot be decoded as no key frame came before it. */
  void dropWithoutKeyFrame() {
    position = position.oneMoreDropped(FrameReasons.KEY_FRAME);
    metrics.frameDropped(FrameReasons.KEY_FRAME);
  }

  void frame(
      Pictures.Picture picture,
      FrameHeaders headers,
      long millis,
      long offset,
      List<FrameElement> out) {
    var frame =
        new VideoFrame(
            streamId,
            position.session(),
            position.decoded(),
            headers.pts(),
            headers.timeBase().numerator(),
            headers.timeBase().denominator(),
            headers.captureTime(),
            StreamSettings.USUAL,
            picture.letterbox(),
            picture.rgb(),
            false,
            System.nanoTime());
    position = position.after(headers.pts(), headers.timeBase(), millis);
    out.add(new FrameElement(frame, millis, streamId, position, offset));
  }

  /** A frame that came out and cannot be looked at. */
  void failed(
      FrameHeaders headers,
      RefusedException why,
      long millis,
      long offset,
      List<FrameElement> out) {
    var failure = countFailed(headers, why);
    out.add(new FrameElement(failure, millis, streamId, position, offset));
  }

  /** A record that no frame can be made of. */
  void refused(FrameRecord record, RefusedException why, List<FrameElement> out) {
    var failure = countFailed(record.headers(), why);
    metrics.recordRefused();
    var refused = record.refused(streamId, failure, why);
    out.add(new FrameElement(refused, record.millis(), streamId, position, record.offset()));
  }

  /**
   * @param headers null if they cannot be read
   */
  private FrameFailure countFailed(FrameHeaders headers, RefusedException why) {
    var timeBase = headers == null ? position.timeBase() : headers.timeBase();
    var failure =
        new FrameFailure(
            streamId,
            position.session(),
            position.decoded(),
            headers == null ? position.lastPts() : headers.pts(),
            timeBase.numerator(),
            timeBase.denominator(),
            why.stage(),
            why.getMessage());
    position = position.oneMoreFailed(why.stage());
    metrics.frameFailed(why.stage());
    return failure;
  }

  /** If frames were lost before the one that comes now. */
  void tellGap(long millis, long offset, List<FrameElement> out) {
    if (position.gap()) {
      position = position.withGap(false);
      var gap = new FrameGap(position.lastMillis(), Math.max(millis, position.lastMillis()), 0);
      tell(StreamNotice.Kind.GAP, gap, millis, offset, out);
    }
  }

  private void tell(
      StreamNotice.Kind kind, FrameGap gap, long millis, long offset, List<FrameElement> out) {
    out.add(new FrameElement(notice(kind, "", gap), millis, streamId, position, offset));
  }

  private StreamNotice notice(StreamNotice.Kind kind, String detail, FrameGap gap) {
    return new StreamNotice(
        streamId,
        position.session(),
        kind,
        position.decoded(),
        position.dropped(),
        position.failed(),
        detail,
        gap);
  }
}
