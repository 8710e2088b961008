package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.picture.UnitRun;
import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.FrameSessions;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.frames.split.DecodingPoint;
import io.vigil.connectors.frames.split.StreamPosition;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.FrameGap;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.metrics.ReaderStreamMetrics;
import io.vigil.connectors.video.split.FrameAnchor;
import io.vigil.connectors.video.split.FrameReasons;
import java.util.List;

/**
 * One stream of a partition: sessions of {@code CONNECTED}, frames, {@code ENDED}. What a record
 * gives is added to a list of elements.
 *
 * <p>Access units are decoded in runs, each from a key frame on. When a unit is refused its run
 * ends: what was held back comes out, and units up to the next key frame are dropped, as what they
 * need is missing. So no run has a hole, and decoding it again from any of its key frames gives the
 * same frames with the same numbers.
 */
final class FrameStream implements AutoCloseable {

  private final String id;
  private final FramesSettings settings;
  private final Pictures pictures;
  private final ReaderStreamMetrics metrics;
  private StreamPosition position;

  /** Records before it were taken, or are not wanted. */
  private long wantedFrom;

  private UnitRun run;

  /** Where the run began. */
  private DecodingPoint runStart;

  /** Of the next frame that the run gives. */
  private long runSeq;

  /** Where a run that was decoded before is to begin again; null if it has, or there is none. */
  private DecodingPoint again;

  /** A frame that has to come by again; null if it has, or none is known. */
  private FrameAnchor anchor;

  /**
   * @param position null if no session is open
   * @param nextOffset of the partition
   */
  FrameStream(
      String id,
      StreamPosition position,
      long nextOffset,
      FramesSettings settings,
      Pictures pictures,
      ReaderStreamMetrics metrics) {
    this.id = id;
    this.settings = settings;
    this.pictures = pictures;
    this.metrics = metrics;
    this.position = position;
    this.wantedFrom = nextOffset;
    if (position != null && !position.points().isEmpty()) {
      decodeAgain(position.points().get(position.points().size() - 1));
    }
  }

  private void decodeAgain(DecodingPoint point) {
    closeRun();
    again = point;
    wantedFrom = point.offset();
    var last = position.anchor();
    anchor = last != null && last.seq() >= point.seq() ? last : null;
  }

  String id() {
    return id;
  }

  /** Where reading has to begin for this stream. */
  long wantedFrom() {
    return wantedFrom;
  }

  /** Null if no session is open. */
  StreamPosition position() {
    return position;
  }

  /**
   * Records before the offset are gone.
   *
   * @param nextOffset of the partition, before that
   */
  void lost(long offset, long nextOffset) {
    if (position != null && offset > nextOffset) {
      giveUpDecoding();
    } else if (again != null && offset > again.offset()) {
      position.points().stream()
          .filter(point -> point.offset() >= offset)
          .findFirst()
          .ifPresentOrElse(this::decodeAgain, this::giveUpDecoding);
    }
    wantedFrom = Math.max(wantedFrom, offset);
  }

  /** What comes until the next key frame cannot be decoded. */
  private void giveUpDecoding() {
    closeRun();
    again = null;
    anchor = null;
    position = position.withPoints(List.of()).withGap(true);
  }

  /**
   * After a {@link DecodedAgainException}: goes back to where the run began at first, or gives up.
   *
   * @param nextOffset of the partition
   */
  void fallBack(long nextOffset) {
    var tried = again == null ? runStart : again;
    var first = position.points().isEmpty() ? tried : position.points().get(0);
    if (first.equals(tried)) {
      giveUpDecoding();
      wantedFrom = nextOffset;
    } else {
      decodeAgain(first);
    }
  }

  /**
   * Takes in a record for the first time, or for as many times as checkpoints fall into its
   * elements.
   *
   * @throws DecodedAgainException if the stream has to be read again from further back
   */
  void take(FrameRecord record, List<FrameElement> out) throws DecodedAgainException {
    if (record.offset() < wantedFrom) {
      return;
    }
    if (again != null && record.offset() > again.offset()) {
      throw new DecodedAgainException("its key frame is gone");
    }
    long offset = record.offset();
    wantedFrom = offset + 1;
    changeSession(record, out);
    if (record.headers().end()) {
      end(record.millis(), offset, out);
      return;
    }
    try {
      record.requireValue(settings.limits());
      if (record.headers().codec().isPicture()) {
        endRun(offset, out);
        takePicture(record, out);
      } else {
        takeUnit(record, offset, true, out);
      }
    } catch (RefusedException e) {
      refuse(record, e, out);
    }
  }

  /**
   * Takes in a record that was taken in before the job was restored.
   *
   * @param nextOffset of the partition
   * @throws DecodedAgainException if it does not give what it gave then
   */
  void takeAgain(FrameRecord record, long nextOffset, List<FrameElement> out)
      throws DecodedAgainException {
    boolean wanted = position != null && record.offset() >= wantedFrom;
    if (!wanted || record.headers().end() || record.headers().codec().isPicture()) {
      return;
    }
    if (again != null && record.offset() > again.offset()) {
      throw new DecodedAgainException("its key frame is gone");
    }
    wantedFrom = record.offset() + 1;
    try {
      takeUnit(record, nextOffset, false, out);
    } catch (RefusedException e) {
      throw new DecodedAgainException(e.getMessage());
    }
  }

  private void changeSession(FrameRecord record, List<FrameElement> out)
      throws DecodedAgainException {
    var headers = record.headers();
    if (position != null && position.startOffset() != record.offset()) {
      boolean other = !headers.session().isEmpty() && !headers.session().equals(position.session());
      if (headers.start() || other && !headers.end()) {
        end(record.millis(), record.offset(), out);
      }
    }
    if (position == null && !headers.end()) {
      var session =
          headers.session().isEmpty() ? FrameSessions.of(record.record()) : headers.session();
      position = StreamPosition.opened(session, record.offset());
      tell(StreamNotice.Kind.CONNECTED, null, record.millis(), record.offset(), out);
    }
  }

  /**
   * Nothing follows on the topic.
   *
   * @param nextOffset of the partition
   */
  void end(long nextOffset, List<FrameElement> out) throws DecodedAgainException {
    if (position != null) {
      end(position.lastMillis(), nextOffset, out);
    }
  }

  private void end(long millis, long offset, List<FrameElement> out) throws DecodedAgainException {
    if (position == null) {
      return;
    }
    endRun(offset, out);
    var notice = notice(StreamNotice.Kind.ENDED, null);
    position = null;
    out.add(new FrameElement(notice, millis, id, null, offset));
  }

  private void takePicture(FrameRecord record, List<FrameElement> out) throws RefusedException {
    long start = System.nanoTime();
    var picture = pictures.of(record.value(), record.headers());
    metrics.frameDecoded(System.nanoTime() - start);
    tellGap(record.millis(), record.offset(), out);
    emit(picture, record.headers(), record.millis(), record.offset(), out);
  }

  private void takeUnit(FrameRecord record, long offset, boolean firstTime, List<FrameElement> out)
      throws RefusedException, DecodedAgainException {
    var headers = record.headers();
    if (run != null && run.codec() != headers.codec().unit()) {
      endRun(offset, out);
    }
    if (run == null) {
      run = new UnitRun(headers.codec().unit(), settings.limits());
    }
    boolean key = run.look(record.value(), headers);
    if (!run.isOpen() && again == null && !key) {
      position = position.oneMoreDropped(FrameReasons.KEY_FRAME);
      metrics.frameDropped(FrameReasons.KEY_FRAME);
      return;
    }
    if (!run.isOpen()) {
      begin(record.offset());
    } else if (run.isLeading(headers)) {
      passOverLeading(firstTime);
      return;
    }
    run.send(record.value(), headers, record.offset(), record.millis(), key);
    takeFrames(offset, out);
  }

  private void begin(long offset) {
    if (again == null) {
      again = new DecodingPoint(offset, position.decoded());
      position = position.withPoints(List.of(again));
    }
    runStart = again;
    runSeq = again.seq();
    again = null;
  }

  /** It counts before the key frame, or behind it if that is out already. */
  private void passOverLeading(boolean firstTime) {
    boolean keyIsOut = runSeq > runStart.seq();
    boolean countsInRun = runStart.equals(position.points().get(0));
    if (firstTime) {
      position = position.oneMoreDropped(FrameReasons.KEY_FRAME);
      metrics.frameDropped(FrameReasons.KEY_FRAME);
      if (!keyIsOut) {
        runStart = new DecodingPoint(runStart.offset(), runStart.seq() + 1);
        position = position.withPoints(List.of(runStart));
      }
    }
    if (firstTime || countsInRun && keyIsOut) {
      runSeq++;
    }
  }

  private void takeFrames(long offset, List<FrameElement> out)
      throws RefusedException, DecodedAgainException {
    long start = System.nanoTime();
    while (run.next()) {
      metrics.frameDecoded(System.nanoTime() - start);
      boolean inTheMiddle = !runStart.equals(position.points().get(0));
      if (inTheMiddle && runSeq == runStart.seq() && !run.unit().first()) {
        throw new DecodedAgainException("its key frame does not come out first");
      }
      takeFrame(runSeq++, offset, out);
      start = System.nanoTime();
    }
  }

  private void takeFrame(long seq, long offset, List<FrameElement> out)
      throws DecodedAgainException {
    var unit = run.unit();
    if (seq < position.decoded()) {
      requireSame(seq, unit);
      return;
    }
    if (unit.key() && !unit.first()) {
      var point = new DecodingPoint(unit.offset(), seq);
      position = position.withPoints(List.of(position.points().get(0), point));
    }
    tellGap(unit.millis(), offset, out);
    try {
      emit(picture(), unit.headers(), unit.millis(), offset, out);
    } catch (RefusedException e) {
      var failure = failure(unit.headers(), e);
      position = position.oneMoreFailed(e.stage());
      metrics.frameFailed(e.stage());
      out.add(new FrameElement(failure, unit.millis(), id, position, offset));
    }
  }

  private Pictures.Picture picture() throws RefusedException {
    long start = System.nanoTime();
    var picture = run.picture(settings.letterbox());
    metrics.frameLetterboxed(System.nanoTime() - start);
    return picture;
  }

  private void requireSame(long seq, UnitRun.Unit unit) throws DecodedAgainException {
    if (anchor == null || seq != anchor.seq()) {
      return;
    }
    try {
      boolean same =
          unit.headers().pts() == anchor.pts()
              && FrameAnchor.crc(run.picture(settings.letterbox()).rgb()) == anchor.crc();
      if (!same) {
        throw new DecodedAgainException("frame " + seq + " is another than before");
      }
      anchor = null;
    } catch (RefusedException e) {
      throw new DecodedAgainException(e.getMessage());
    }
  }

  private void emit(
      Pictures.Picture picture,
      FrameHeaders headers,
      long millis,
      long offset,
      List<FrameElement> out) {
    var frame =
        new VideoFrame(
            id,
            position.session(),
            position.decoded(),
            headers.pts(),
            headers.timeBase().numerator(),
            headers.timeBase().denominator(),
            headers.captureTime(),
            picture.letterbox(),
            picture.rgb(),
            false,
            System.nanoTime());
    position = position.after(headers.pts(), headers.timeBase(), millis);
    out.add(new FrameElement(frame, millis, id, position, offset));
  }

  /** What was held back comes out. */
  private void endRun(long offset, List<FrameElement> out) throws DecodedAgainException {
    if (run != null && run.isOpen()) {
      try {
        run.drain();
        takeFrames(offset, out);
      } catch (RefusedException e) {
        // It says nothing of any one unit: what could be decoded has come out.
        metrics.frameFailed(e.stage());
      }
    }
    closeRun();
    if (position != null) {
      position = position.withPoints(List.of());
    }
  }

  private void closeRun() {
    if (run != null) {
      run.close();
      run = null;
    }
  }

  /**
   * Counts a record as failed and tells it; the stream goes on.
   *
   * @param record of this stream, as far as its key tells
   */
  void refuse(FrameRecord record, RefusedException why, List<FrameElement> out)
      throws DecodedAgainException {
    endRun(record.offset(), out);
    metrics.frameFailed(why.stage());
    metrics.recordRefused();
    var failure = failure(record.headers(), why);
    position = position.oneMoreFailed(why.stage());
    var refused = record.refused(id, failure, why);
    out.add(new FrameElement(refused, record.millis(), id, position, record.offset()));
  }

  /**
   * @param headers null if they cannot be read
   */
  private FrameFailure failure(FrameHeaders headers, RefusedException why) {
    var timeBase = headers == null ? position.timeBase() : headers.timeBase();
    return new FrameFailure(
        id,
        position.session(),
        position.decoded(),
        headers == null ? position.lastPts() : headers.pts(),
        timeBase.numerator(),
        timeBase.denominator(),
        why.stage(),
        why.getMessage());
  }

  private void tellGap(long millis, long offset, List<FrameElement> out) {
    if (position.gap()) {
      position = position.withGap(false);
      var gap = new FrameGap(position.lastMillis(), Math.max(millis, position.lastMillis()), 0);
      tell(StreamNotice.Kind.GAP, gap, millis, offset, out);
    }
  }

  private void tell(
      StreamNotice.Kind kind, FrameGap gap, long millis, long offset, List<FrameElement> out) {
    VideoRecord notice = notice(kind, gap);
    out.add(new FrameElement(notice, millis, id, position, offset));
  }

  private StreamNotice notice(StreamNotice.Kind kind, FrameGap gap) {
    return new StreamNotice(
        id,
        position.session(),
        kind,
        position.decoded(),
        position.dropped(),
        position.failed(),
        "",
        gap);
  }

  @Override
  public void close() {
    closeRun();
  }
}
