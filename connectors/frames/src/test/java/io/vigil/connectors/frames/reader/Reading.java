package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.Topic;
import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.frames.split.FramesSplitSerializer;
import io.vigil.connectors.frames.split.FramesSplitState;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.RefusedRecord;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.split.FrameAnchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * Reads a partition's records as the source does, and keeps what was emitted and the state behind
 * each element.
 */
final class Reading {

  static final FramesSplit START = FramesSplit.unread(Topic.NAME, 0, 0, FramesSplit.NO_END);

  private static final long MOST_PIXELS = 1_000_000;
  private static final LetterboxSettings LETTERBOX =
      new LetterboxSettings(128, 128, false, new Fill(124, 116, 104));

  /** What was emitted. */
  final List<VideoRecord> emitted = new ArrayList<>();

  /** The state before the element with the same place, of all elements, and behind the last. */
  final List<FramesSplit> states = new ArrayList<>();

  /** How many had been emitted in each of these states. */
  final List<Integer> emittedBefore = new ArrayList<>();

  /** How many records were read. */
  int recordsRead;

  private Reading() {}

  static Reading of(Topic topic, FramesSplit from) throws IOException {
    return of(topic, from, 0);
  }

  /**
   * @param begin offset of the first record that Kafka still has
   */
  static Reading of(Topic topic, FramesSplit from, long begin) throws IOException {
    return of(topic, from, begin, MOST_PIXELS);
  }

  static Reading of(Topic topic, FramesSplit from, long begin, long mostPixels) throws IOException {
    var reading = new Reading();
    var state = new FramesSplitState(from);
    var limits = new FrameLimits(1 << 20, mostPixels);
    var settings = new FramesSettings(LETTERBOX, limits);
    var metrics = VideoSourceMetrics.ofTopic(new UnregisteredMetricsGroup());
    try (var pictures = new Pictures(LETTERBOX, limits);
        var partition = new PartitionReader(from, settings, pictures, metrics)) {
      if (partition.position() < begin) {
        partition.lost(begin);
      }
      long next = partition.position();
      while (next < topic.records().size()) {
        reading.recordsRead++;
        var elements = partition.take(topic.records().get((int) next));
        for (var element : elements) {
          reading.note(state);
          reading.emit(element, state);
        }
        next = partition.seeks() ? partition.position() : next + 1;
      }
    }
    reading.note(state);
    return reading;
  }

  /** As from a checkpoint. */
  private void note(FramesSplitState state) throws IOException {
    var serializer = FramesSplitSerializer.INSTANCE;
    states.add(serializer.deserialize(1, serializer.serialize(state.toSplit())));
    emittedBefore.add(emitted.size());
  }

  private void emit(FrameElement element, FramesSplitState state) {
    if (element.record() != null) {
      emitted.add(element.record());
    }
    if (element.stream() == null) {
      state.advance(element.nextOffset());
    } else {
      var frame = element.record() instanceof VideoFrame taken ? taken : null;
      state.advance(element.nextOffset(), element.stream(), element.after(), frame);
    }
  }

  /** Everything that was emitted, a line each, with its pixels' checksum. */
  List<String> lines() {
    return emitted.stream().map(Reading::line).toList();
  }

  List<String> lines(String stream) {
    return emitted.stream()
        .filter(record -> record.streamId().equals(stream))
        .map(Reading::line)
        .toList();
  }

  private static String line(VideoRecord record) {
    if (record instanceof VideoFrame frame) {
      return "%s %s frame %d at %d/%d: %08x"
          .formatted(
              frame.streamId(),
              frame.session(),
              frame.seq(),
              frame.pts(),
              frame.timeBaseDenominator(),
              FrameAnchor.crc(frame.rgb()));
    }
    if (record instanceof RefusedRecord refused) {
      return "%s refused at %d: %s; %s"
          .formatted(
              refused.streamId(),
              refused.offset(),
              refused.reason(),
              refused.failure() == null ? "not counted" : line(refused.failure()));
    }
    if (record instanceof StreamNotice notice) {
      return "%s %s %s %d %s %s"
          .formatted(
              notice.streamId(),
              notice.session(),
              notice.kind(),
              notice.decoded(),
              notice.dropped(),
              notice.failed());
    }
    var failure = (FrameFailure) record;
    return "failed %d, %s".formatted(failure.seq(), failure.stage());
  }
}
