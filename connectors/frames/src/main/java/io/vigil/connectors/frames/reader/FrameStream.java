package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.record.FrameSessions;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.frames.split.DecodingPoint;
import io.vigil.connectors.frames.split.StreamPosition;
import io.vigil.connectors.video.metrics.ReaderStreamMetrics;
import java.util.List;

/**
 * One stream of a partition: sessions of {@code CONNECTED}, frames, {@code ENDED}. What a record
 * gives is added to a list of elements.
 */
final class FrameStream implements AutoCloseable {

  private static final String ANOTHER_SESSION =
      "a record of another session came; if two producers share the stream's id, give each its own";

  private final FramesSettings settings;
  private final Pictures pictures;
  private final ReaderStreamMetrics metrics;
  private final StreamSession session;
  private final UnitRuns units;

  /** Records before it were taken, or are not wanted. */
  private long wantedFrom;

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
    this.settings = settings;
    this.pictures = pictures;
    this.metrics = metrics;
    this.session = new StreamSession(id, position, metrics);
    this.units = new UnitRuns(session, settings, metrics);
    this.wantedFrom = nextOffset;
    if (position != null && !position.points().isEmpty()) {
      decodeAgain(position.points().get(position.points().size() - 1));
    }
  }

  private void decodeAgain(DecodingPoint point) {
    units.decodeAgain(point);
    wantedFrom = point.offset();
  }

  String id() {
    return session.streamId();
  }

  /** Where reading has to begin for this stream. */
  long wantedFrom() {
    return wantedFrom;
  }

  /** Null if no session is open. */
  StreamPosition position() {
    return session.position();
  }

  /**
   * Records before the offset are gone.
   *
   * @param nextOffset of the partition, before that
   */
  void lost(long offset, long nextOffset) {
    if (session.isOpen() && offset > nextOffset) {
      units.giveUp();
    } else if (units.beginsAgainBefore(offset)) {
      session.position().points().stream()
          .filter(point -> point.offset() >= offset)
          .findFirst()
          .ifPresentOrElse(this::decodeAgain, units::giveUp);
    }
    wantedFrom = Math.max(wantedFrom, offset);
  }

  /**
   * After a {@link DecodedAgainException}: goes back to where the run began at first, or gives up.
   *
   * @param nextOffset of the partition
   */
  void fallBack(long nextOffset) {
    units
        .furtherBack()
        .ifPresentOrElse(
            this::decodeAgain,
            () -> {
              units.giveUp();
              wantedFrom = nextOffset;
            });
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
    units.requireBeginning(record.offset());
    wantedFrom = record.offset() + 1;
    changeSession(record, out);
    if (record.headers().end()) {
      if (!isOfAnotherSession(record)) {
        end(record.millis(), record.offset(), "", out);
      }
      return;
    }
    try {
      record.requireValue(settings.limits());
      if (record.headers().codec().isPicture()) {
        units.end(record.offset(), out);
        takePicture(record, out);
      } else {
        units.take(record, record.offset(), true, out);
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
    boolean wanted = session.isOpen() && record.offset() >= wantedFrom;
    if (!wanted || record.headers().end() || record.headers().codec().isPicture()) {
      return;
    }
    units.requireBeginning(record.offset());
    wantedFrom = record.offset() + 1;
    try {
      units.take(record, nextOffset, false, out);
    } catch (RefusedException e) {
      throw new DecodedAgainException(e.getMessage());
    }
  }

  private void changeSession(FrameRecord record, List<FrameElement> out)
      throws DecodedAgainException {
    var headers = record.headers();
    if (headers.end()) {
      return;
    }
    var position = session.position();
    if (position != null && position.startOffset() != record.offset()) {
      boolean other = isOfAnotherSession(record);
      if (headers.start() || other) {
        end(record.millis(), record.offset(), other ? ANOTHER_SESSION : "", out);
      }
    }
    if (!session.isOpen()) {
      session.open(
          FrameSessions.of(record.record(), headers), record.millis(), record.offset(), out);
    }
  }

  private boolean isOfAnotherSession(FrameRecord record) {
    var named = record.headers().session();
    return session.isOpen()
        && !named.isEmpty()
        && !FrameSessions.isOf(session.position().session(), named);
  }

  /**
   * Nothing follows on the topic.
   *
   * @param nextOffset of the partition
   */
  void end(long nextOffset, List<FrameElement> out) throws DecodedAgainException {
    if (session.isOpen()) {
      end(session.position().lastMillis(), nextOffset, "", out);
    }
  }

  private void end(long millis, long offset, String detail, List<FrameElement> out)
      throws DecodedAgainException {
    if (session.isOpen()) {
      units.end(offset, out);
      session.end(millis, offset, detail, out);
    }
  }

  private void takePicture(FrameRecord record, List<FrameElement> out) throws RefusedException {
    long start = System.nanoTime();
    var picture = pictures.of(record.value(), record.headers());
    metrics.frameDecoded(System.nanoTime() - start);
    session.tellGap(record.millis(), record.offset(), out);
    session.frame(picture, record.headers(), record.millis(), record.offset(), out);
  }

  /**
   * Counts a record as failed and tells it; the stream goes on.
   *
   * @param record of this stream, as far as its key tells
   */
  void refuse(FrameRecord record, RefusedException why, List<FrameElement> out)
      throws DecodedAgainException {
    units.end(record.offset(), out);
    session.refused(record, why, out);
  }

  @Override
  public void close() {
    units.close();
  }
}
