package io.vigil.connectors.video.metrics;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Metrics by stream. Those of a stream that has ended stay until {@value #ENDED_SHOWN} others have
 * ended, so that its last counts are still seen, and a job of many files does not fill the memory
 * of whoever keeps them. Not safe for use by several threads.
 *
 * @param <M> metrics of a stream
 */
public final class StreamsInMetrics<M> {

  private static final int ENDED_SHOWN = 100;

  private final Function<String, M> open;
  private final Consumer<M> close;
  private final Map<String, M> streams = new HashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();

  /**
   * @param open metrics by stream id
   */
  public StreamsInMetrics(Function<String, M> open, Consumer<M> close) {
    this.open = open;
    this.close = close;
  }

  /** Also of one that had ended, and goes on. */
  public M of(String streamId) {
    ended.remove(streamId);
    return streams.computeIfAbsent(streamId, open);
  }

  public void ended(String streamId) {
    if (streams.containsKey(streamId)) {
      ended.remove(streamId);
      ended.add(streamId);
    }
    if (ended.size() > ENDED_SHOWN) {
      var oldest = ended.iterator().next();
      ended.remove(oldest);
      close.accept(streams.remove(oldest));
    }
  }
}
