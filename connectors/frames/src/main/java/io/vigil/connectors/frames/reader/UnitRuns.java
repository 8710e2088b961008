package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.picture.UnitRun;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.frames.split.DecodingPoint;
import io.vigil.connectors.video.metrics.ReaderStreamMetrics;
import io.vigil.connectors.video.split.FrameAnchor;
import java.util.List;
import java.util.Optional;

/**
 * A stream's access units, decoded in runs, each from a key frame on. When a unit is refused its
 * run ends: what was held back comes out, and units up to the next key frame are dropped, as what
 * they need is missing. So no run has a hole, and decoding it again from any of its key frames
 * gives the same frames with the same numbers.
 */
final class UnitRuns implements AutoCloseable {

  private final StreamSession session;
  private final FramesSettings settings;
  private final ReaderStreamMetrics metrics;

  private UnitRun run;

  /** Where the run began. */
  private DecodingPoint runStart;

  /** Of the next frame that the run gives. */
  private long runSeq;

  /** Where a run that was decoded before is to begin again; null if it has, or there is none. */
  private DecodingPoint again;

  /** A frame that has to come by again; null if it has, or none is known. */
  private FrameAnchor anchor;

  UnitRuns(StreamSession session, FramesSettings settings, ReaderStreamMetrics metrics) {
    this.session = session;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** The unit at the point comes next. */
  void decodeAgain(DecodingPoint point) {
    closeRun();
    again = point;
    var last = session.position().anchor();
    anchor = last != null && last.seq() >= point.seq() ? last : null;
  }

  /** Whether the unit with which decoding is to begin again lies before the offset. */
  boolean beginsAgainBefore(long offset) {
    return again != null && offset > again.offset();
  }

  /**
   * @param offset of the record that comes now
   * @throws DecodedAgainException if the one with which decoding is to begin again was not there
   */
  void requireBeginning(long offset) throws DecodedAgainException {
    if (beginsAgainBefore(offset)) {
      throw new DecodedAgainException("its key frame is gone");
    }
  }

  /** Where decoding can begin again if it gave something else; empty if it began there. */
  Optional<DecodingPoint> furtherBack() {
    var tried = again == null ? runStart : again;
    var points = session.position().points();
    return points.stream().findFirst().filter(first -> !first.equals(tried));
  }

  /** What comes until the next key frame cannot be decoded. */
  void giveUp() {
    closeRun();
    again = null;
    anchor = null;
    session.lose();
  }

  /**
   * @param offset of the partition, behind what comes of the unit
   * @param firstTime whether it was not taken in before the job was restored
   * @throws RefusedException if it cannot be used; its run is to be ended then
   */
  void take(FrameRecord record, long offset, boolean firstTime, List<FrameElement> out)
      throws RefusedException, DecodedAgainException {
    var headers = record.headers();
    if (run != null && run.codec() != headers.codec().unit()) {
      end(offset, out);
    }
    if (run == null) {
      run = new UnitRun(headers.codec().unit(), settings.limits());
    }
    boolean key = run.look(record.value(), headers);
    if (!run.isOpen() && again == null && !key) {
      session.dropWithoutKeyFrame();
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
      again = new DecodingPoint(offset, session.position().decoded());
      session.decodableFrom(List.of(again));
    }
    runStart = again;
    runSeq = again.seq();
    again = null;
  }

  /** It counts before the key frame, or behind it if that is out already. */
  private void passOverLeading(boolean firstTime) {
    boolean keyIsOut = runSeq > runStart.seq();
    boolean countsInRun = beganAtFirst();
    if (firstTime) {
      session.dropWithoutKeyFrame();
      if (!keyIsOut) {
        runStart = new DecodingPoint(runStart.offset(), runStart.seq() + 1);
        session.decodableFrom(List.of(runStart));
      }
    }
    if (firstTime || countsInRun && keyIsOut) {
      runSeq++;
    }
  }

  /** And not in the middle, at a later key frame. */
  private boolean beganAtFirst() {
    return runStart.equals(session.position().points().get(0));
  }

  private void takeFrames(long offset, List<FrameElement> out)
      throws RefusedException, DecodedAgainException {
    long start = System.nanoTime();
    while (run.next()) {
      metrics.frameDecoded(System.nanoTime() - start);
      if (!beganAtFirst() && runSeq == runStart.seq() && !run.unit().first()) {
        throw new DecodedAgainException("its key frame does not come out first");
      }
      takeFrame(runSeq++, offset, out);
      start = System.nanoTime();
    }
  }

  private void takeFrame(long seq, long offset, List<FrameElement> out)
      throws DecodedAgainException {
    var unit = run.unit();
    if (seq < session.position().decoded()) {
      requireSame(seq, unit);
      return;
    }
    if (unit.key() && !unit.first()) {
      var point = new DecodingPoint(unit.offset(), seq);
      session.decodableFrom(List.of(session.position().points().get(0), point));
    }
    session.tellGap(unit.millis(), offset, out);
    try {
      session.frame(picture(), unit.headers(), unit.millis(), offset, out);
    } catch (RefusedException e) {
      session.failed(unit.headers(), e, unit.millis(), offset, out);
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

  /** Ends the run, if there is one: what was held back comes out. */
  void end(long offset, List<FrameElement> out) throws DecodedAgainException {
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
    if (session.isOpen()) {
      session.decodableFrom(List.of());
    }
  }

  private void closeRun() {
    if (run != null) {
      run.close();
      run = null;
    }
  }

  @Override
  public void close() {
    closeRun();
  }
}
