package io.vigil.pipeline.report;

import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.events.FrameEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Decodes a video a second time, brings its frames and events together, and hands them on. The same
 * decoder counts the frames as it did when they were detected.
 */
final class VideoPass {
  private final VideoDecoder decoder;
  private final EventFile.Cursor events;
  private final List<FrameSink> sinks;
  private FrameEvent event;

  VideoPass(VideoDecoder decoder, EventFile.Cursor events, List<FrameSink> sinks) {
    this.decoder = decoder;
    this.events = events;
    this.sinks = sinks;
    this.event = events.next();
  }

  /**
   * @param lastSeq where to stop
   * @throws VideoException if the video ends before, after its last frame has been handed on
   */
  void run(long lastSeq, LongConsumer progress) throws VideoException {
    for (long seq = 0; seq <= lastSeq && decoder.next(); seq++) {
      var found = eventOf(seq);
      long wanted = seq;
      var takers = sinks.stream().filter(sink -> sink.wants(wanted, found.isPresent())).toList();
      if (!takers.isEmpty()) {
        long pts = decoder.frame().pts();
        double seconds = decoder.timeBase().seconds(pts);
        var detections = found.map(FrameEvent::detections).orElse(List.of());
        var frame = new FrameSink.Frame(seq, pts, seconds, decoder.image(), detections);
        takers.forEach(taker -> taker.frame(frame));
      }
      progress.accept(seq + 1);
    }
  }

  private Optional<FrameEvent> eventOf(long seq) {
    while (event != null && event.seq() < seq) {
      event = events.next();
    }
    return Optional.ofNullable(event).filter(next -> next.seq() == seq);
  }
}
