package io.vigil.pipeline.batch;

import io.vigil.pipeline.batch.BatchQueue.Waiting;
import io.vigil.pipeline.batch.Turns.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waiting pictures of one shape; a lane a stream.
 *
 * @param <O> an owner
 */
final class BatchGroup<O> {

  /** One stream's pictures, oldest first. */
  private static final class Lane<O> {
    private final ArrayDeque<Waiting<O>> pictures = new ArrayDeque<>();

    /** A later picture waits no less long than the one whose place it took. */
    private long since;

    void add(Waiting<O> waiting) {
      since = pictures.isEmpty() ? waiting.since() : since;
      pictures.add(waiting);
    }

    Waiting<O> take() {
      var taken = pictures.remove();
      since = pictures.isEmpty() ? since : pictures.peek().since();
      return taken;
    }

    int lasting() {
      return (int) pictures.stream().filter(one -> !one.request().isPerishable()).count();
    }

    boolean canGiveWay() {
      return !pictures.isEmpty() && pictures.peek().request().isPerishable();
    }
  }

  private final Turns<O> turns;
  private final Map<Stream<O>, Lane<O>> lanes = new LinkedHashMap<>();
  private final Set<O> hurried = new HashSet<>();
  private int count;

  BatchGroup(Turns<O> turns) {
    this.turns = turns;
  }

  int count() {
    return count;
  }

  /** Pictures that do not give way to later ones. */
  int lasting() {
    return lanes.values().stream().mapToInt(Lane::lasting).sum();
  }

  /**
   * @return the picture that gave way; null if none did
   */
  InferenceRequest add(Waiting<O> waiting, int limit) {
    var key = new Stream<>(waiting.owner(), waiting.request().stream());
    var lane = lanes.computeIfAbsent(key, stream -> new Lane<>());
    boolean givesWay = count >= limit && waiting.request().isPerishable() && lane.canGiveWay();
    lane.add(waiting);
    if (givesWay) {
      return lane.pictures.remove().request();
    }
    count++;
    return null;
  }

  void hurry(O owner) {
    if (lanes.keySet().stream().anyMatch(key -> key.owner().equals(owner))) {
      hurried.add(owner);
    }
  }

  /** Takes first what comes last, so that the streams whose turn is next keep a picture. */
  List<InferenceRequest> shorten(O owner, int limit) {
    var own =
        new ArrayList<>(lanes.keySet().stream().filter(to -> to.owner().equals(owner)).toList());
    own.sort(Comparator.comparingLong(turns::lastOf));
    Collections.reverse(own);
    int excess = own.stream().mapToInt(stream -> lanes.get(stream).pictures.size()).sum() - limit;
    var superseded = new ArrayList<InferenceRequest>();
    for (var stream : own) {
      var lane = lanes.get(stream);
      while (superseded.size() < excess && lane.canGiveWay()) {
        superseded.add(lane.pictures.remove().request());
        count--;
      }
      if (lane.pictures.isEmpty()) {
        lanes.remove(stream);
      }
    }
    return superseded;
  }

  void withdraw(O owner) {
    hurried.remove(owner);
    lanes.entrySet().removeIf(entry -> entry.getKey().owner().equals(owner));
    count = lanes.values().stream().mapToInt(lane -> lane.pictures.size()).sum();
  }

  boolean isHurried() {
    return !hurried.isEmpty();
  }

  /** Since when the stream waits that waits longest. */
  long oldest() {
    return lanes.values().stream()
        .mapToLong(lane -> lane.since)
        .reduce((first, second) -> first - second <= 0 ? first : second)
        .orElseThrow();
  }

  List<Waiting<O>> take(int limit) {
    var batch = new ArrayList<Waiting<O>>(limit);
    while (batch.size() < limit && count > 0) {
      var turn = lanes.keySet().stream().min(Comparator.comparingLong(turns::lastOf)).orElseThrow();
      var lane = lanes.get(turn);
      batch.add(lane.take());
      turns.served(turn);
      count--;
      if (lane.pictures.isEmpty()) {
        lanes.remove(turn);
      }
    }
    hurried.removeIf(owner -> lanes.keySet().stream().noneMatch(k -> k.owner().equals(owner)));
    return batch;
  }
}
