package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.split.StreamPosition;
import io.vigil.connectors.video.VideoRecord;

/**
 * What the fetcher hands over.
 *
 * @param record null if nothing is emitted
 * @param millis when it happened, since 1970
 * @param stream whose position changes; null if none does
 * @param after the stream's position behind it; null if its session is over
 * @param nextOffset of the partition behind it
 * @param isLast whether nothing more comes of its record
 */
record FrameElement(
    VideoRecord record,
    long millis,
    String stream,
    StreamPosition after,
    long nextOffset,
    boolean isLast) {

  /** Of a record of which more comes. */
  FrameElement(
      VideoRecord record, long millis, String stream, StreamPosition after, long nextOffset) {
    this(record, millis, stream, after, nextOffset, false);
  }

  static FrameElement nothing(long nextOffset) {
    return new FrameElement(null, 0, null, null, nextOffset, true);
  }

  /** The last of its record. */
  FrameElement last(StreamPosition position, long offset) {
    return new FrameElement(record, millis, stream, position, offset, true);
  }
}
