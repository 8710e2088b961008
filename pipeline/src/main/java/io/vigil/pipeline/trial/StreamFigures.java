package io.vigil.pipeline.trial;

import io.vigil.events.Event;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.StreamEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a consumer has seen of one stream. Safe for use by several threads. */
public final class StreamFigures {

  private final Map<String, BitSet> frames = new LinkedHashMap<>();
  private final List<StreamEvent> story = new ArrayList<>();
  private final Map<String, Long> doubledOf = new HashMap<>();
  private Latencies latencies = new Latencies();
  private long measured;
  private long firstSeq;
  private long lastSeq;
  private long seen;

  synchronized void add(Event event, long now) {
    if (event instanceof FrameEvent frame) {
      count(frame.session(), frame.seq());
      firstSeq = measured == 0 ? frame.seq() : firstSeq;
      lastSeq = frame.seq();
      measured++;
      seen++;
      if (frame.captureTime() != null) {
        latencies.add(now - frame.captureTime().epochMillis());
      }
    } else if (event instanceof FailedFrame failed) {
      count(failed.session(), failed.seq());
    } else if (event instanceof StreamEvent stream) {
      story.add(stream);
    }
  }

  private void count(String session, long seq) {
    var seqs = frames.computeIfAbsent(session, key -> new BitSet());
    if (seqs.get((int) seq)) {
      doubledOf.merge(session, 1L, Long::sum);
    }
    seqs.set((int) seq);
  }

  /** Forgets what was measured until now: frames and latencies, not which frames there were. */
  synchronized void startMeasuring() {
    measured = 0;
    latencies = new Latencies();
  }

  /** Frames' events since measuring began. */
  public synchronized long measured() {
    return measured;
  }

  /** Frames that the camera sent meanwhile, if it was connected to all the time. */
  public synchronized long came() {
    return measured == 0 ? 0 : lastSeq - firstSeq + 1;
  }

  /** Frames' events in all. */
  public synchronized long seen() {
    return seen;
  }

  /** From capture to the consumer, since measuring began. */
  public synchronized Latencies latencies() {
    var copy = new Latencies();
    latencies.addTo(copy);
    return copy;
  }

  /** Frames that came more than once. */
  public synchronized long doubled() {
    return doubledOf.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Different frames of a session, failed ones included. */
  public synchronized long framesOf(String session) {
    return frames.getOrDefault(session, new BitSet()).cardinality();
  }

  /** Frames that are missing between a session's first and its last. */
  public synchronized long missing() {
    return frames.values().stream().mapToLong(seqs -> seqs.length() - seqs.cardinality()).sum();
  }

  /** Connections that frames came of. */
  public synchronized int sessions() {
    return frames.size();
  }

  /** What happened to the stream, in its order. */
  public synchronized List<StreamEvent> story() {
    return List.copyOf(story);
  }
}
