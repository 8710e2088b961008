package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.frames.split.StreamPosition;
import io.vigil.connectors.video.StreamLog;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one partition. No record fails it: what cannot be used is handed on as refused.
 */
final class PartitionReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionReader.class);

  private final FramesSettings settings;
  private final Pictures pictures;
  private final VideoSourceMetrics metrics;
  private final Map<String, FrameStream> streams = new HashMap<>();
  private final String name;
  private long nextOffset;
  private boolean seeks;

  PartitionReader(
      FramesSplit split, FramesSettings settings, Pictures pictures, VideoSourceMetrics metrics) {
    this.name = split.splitId();
    this.settings = settings;
    this.pictures = pictures;
    this.metrics = metrics;
    this.nextOffset = split.nextOffset();
    split.streams().forEach((id, position) -> streams.put(id, stream(id, position)));
  }

  private FrameStream stream(String id, StreamPosition position) {
    return new FrameStream(id, position, nextOffset, settings, pictures, metrics.of(id));
  }

  /** Where reading has to begin: before what was emitted if something is to be decoded again. */
  long position() {
    return streams.values().stream()
        .mapToLong(FrameStream::wantedFrom)
        .filter(offset -> offset < nextOffset)
        .min()
        .orElse(nextOffset);
  }

  /** Everything of the records before it was taken. */
  long nextOffset() {
    return nextOffset;
  }

  /** Whether reading has to go on at {@link #position} and not at the next record; asked once. */
  boolean seeks() {
    boolean now = seeks;
    seeks = false;
    return now;
  }

  /** Records before the offset are gone. */
  void lost(long offset) {
    if (offset > nextOffset) {
      LOG.warn(
          "Partition {}: records {} to {} were deleted before they were read",
          name,
          nextOffset,
          offset - 1);
    }
    streams.values().forEach(stream -> stream.lost(offset, nextOffset));
    nextOffset = Math.max(nextOffset, offset);
  }

  /** What a record gives; the last element is behind it, unless it has to be read again. */
  List<FrameElement> take(ConsumerRecord<byte[], byte[]> record) {
    var out = new ArrayList<FrameElement>();
    StreamLog.enter(FrameHeaders.keyOf(record));
    try {
      if (record.offset() < nextOffset) {
        takeAgain(record, out);
      } else {
        takeNew(record, out);
      }
    } catch (RereadException e) {
      LOG.warn(
          "Partition {}, stream {}: decoding again gave something else ({}); it is read from"
              + " further back",
          name,
          e.stream.id(),
          e.getMessage());
      e.stream.fallBack(nextOffset);
      seeks = true;
    } finally {
      StreamLog.leave();
    }
    return out;
  }

  /** Nothing follows: what is held back comes out, and sessions that are open end. */
  List<FrameElement> end() {
    var out = new ArrayList<FrameElement>();
    for (var id : new TreeSet<>(streams.keySet())) {
      try {
        streams.get(id).end(nextOffset, out);
      } catch (DecodedAgainException e) {
        LOG.warn("Partition {}, stream {}: its last frames are not told again", name, id, e);
      }
    }
    return out;
  }

  private void takeNew(ConsumerRecord<byte[], byte[]> record, List<FrameElement> out)
      throws RereadException {
    var stream = takeNewOf(record, out);
    nextOffset = record.offset() + 1;
    if (out.isEmpty()) {
      out.add(
          stream == null
              ? FrameElement.nothing(nextOffset)
              : new FrameElement(null, 0, stream.id(), stream.position(), nextOffset, true));
    } else {
      int last = out.size() - 1;
      // What the record changed behind its last element, such as where a run began
      out.set(last, out.get(last).last(stream == null ? null : stream.position(), nextOffset));
    }
    if (stream != null && stream.position() == null) {
      streams.remove(stream.id());
      metrics.ended(stream.id());
    }
  }

  /** Null if it belongs to none. */
  private FrameStream takeNewOf(ConsumerRecord<byte[], byte[]> record, List<FrameElement> out)
      throws RereadException {
    FrameHeaders headers;
    try {
      headers = FrameHeaders.of(record);
    } catch (RefusedException e) {
      return refuse(record, e, out);
    }
    var stream = streams.computeIfAbsent(headers.stream(), id -> stream(id, null));
    try {
      stream.take(new FrameRecord(record, headers), out);
    } catch (DecodedAgainException e) {
      throw new RereadException(stream, e);
    }
    return stream;
  }

  /** It counts in the stream that its key names, if that has a session. */
  private FrameStream refuse(
      ConsumerRecord<byte[], byte[]> record, RefusedException why, List<FrameElement> out)
      throws RereadException {
    var unread = new FrameRecord(record, null);
    var stream = streams.get(FrameHeaders.keyOf(record));
    if (stream == null || stream.position() == null) {
      var key = FrameHeaders.keyOf(record);
      metrics.of(key).recordRefused();
      metrics.ended(key);
      var refused = unread.refused(key, null, why);
      out.add(new FrameElement(refused, unread.millis(), null, null, record.offset()));
      return null;
    }
    try {
      stream.refuse(unread, why, out);
    } catch (DecodedAgainException e) {
      throw new RereadException(stream, e);
    }
    return stream;
  }

  private void takeAgain(ConsumerRecord<byte[], byte[]> record, List<FrameElement> out)
      throws RereadException {
    FrameHeaders headers;
    try {
      headers = FrameHeaders.of(record);
    } catch (RefusedException e) {
      return; // was refused then, too
    }
    var stream = streams.get(headers.stream());
    if (stream != null) {
      try {
        stream.takeAgain(new FrameRecord(record, headers), nextOffset, out);
      } catch (DecodedAgainException e) {
        throw new RereadException(stream, e);
      }
    }
  }

  @Override
  public void close() {
    streams.values().forEach(FrameStream::close);
  }

  /** Which stream has to be read again. */
  private static final class RereadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient FrameStream stream;

    RereadException(FrameStream stream, DecodedAgainException cause) {
      super(cause.getMessage(), cause);
      this.stream = stream;
    }
  }
}
