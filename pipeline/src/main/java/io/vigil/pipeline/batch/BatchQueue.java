package io.vigil.pipeline.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pictures that wait for a batch: of one shape, taken from their owners in turn. Times are those of
 * a monotonic clock in nanoseconds. Not safe for use by several threads.
 *
 * @param <O> an owner
 */
final class BatchQueue<O> {

  /** A picture and since when it waits. */
  record Waiting<O>(O owner, InferenceRequest request, long since) {}

  private record Shape(int height, int width) {}

  private final long timeout;
  private final Map<Shape, Group<O>> groups = new HashMap<>();

  BatchQueue(long timeout) {
    this.timeout = timeout;
  }

  /** Returns whether a batch of the limit is there, or a new deadline has to be watched. */
  boolean add(O owner, InferenceRequest request, long now, int limit) {
    var shape = new Shape(request.height(), request.width());
    var group = groups.computeIfAbsent(shape, key -> new Group<>());
    group.add(new Waiting<>(owner, request, now));
    return group.count == 1 || group.count >= limit;
  }

  /** What the owner has waiting is due now. */
  void hurry(O owner) {
    groups.values().forEach(group -> group.hurry(owner));
  }

  void withdraw(O owner) {
    groups.values().forEach(group -> group.withdraw(owner));
    groups.values().removeIf(group -> group.count == 0);
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /**
   * Takes the batch whose turn it is: of those that are full or due, the one with the picture that
   * waits longest. A partial batch goes on filling while the device is busy with others, for the
   * device could not begin with it anyway, unless a full one would overtake it.
   *
   * @param limit most pictures in a batch; as many make it full
   * @return the batch; empty if none is ready
   */
  List<Waiting<O>> take(long now, boolean deviceIdle, int limit) {
    var next =
        groups.entrySet().stream()
            .filter(entry -> entry.getValue().count >= limit || isDue(entry.getValue(), now))
            .min(Comparator.comparingLong(entry -> entry.getValue().oldest() - now));
    var fullOne = groups.values().stream().anyMatch(group -> group.count >= limit);
    if (next.isEmpty() || !(deviceIdle || fullOne)) {
      return List.of();
    }
    var group = next.get().getValue();
    var batch = group.take(limit);
    if (group.count == 0) {
      groups.remove(next.get().getKey());
    }
    return batch;
  }

  /** Nanoseconds until the first batch is due; {@code Long.MAX_VALUE} if none waits. */
  long untilDue(long now) {
    return groups.values().stream()
        .mapToLong(group -> group.isHurried() ? 0 : Math.max(0, group.oldest() + timeout - now))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private boolean isDue(Group<O> group, long now) {
    return group.isHurried() || now - group.oldest() >= timeout;
  }

  /** Pictures of one shape; a lane an owner, the lane whose turn it is first. */
  private static final class Group<O> {
    private final Map<O, ArrayDeque<Waiting<O>>> lanes = new LinkedHashMap<>();
    private final Set<O> hurried = new HashSet<>();
    private int count;

    void add(Waiting<O> waiting) {
      lanes.computeIfAbsent(waiting.owner(), key -> new ArrayDeque<>()).add(waiting);
      count++;
    }

    void hurry(O owner) {
      if (lanes.containsKey(owner)) {
        hurried.add(owner);
      }
    }

    void withdraw(O owner) {
      var lane = lanes.remove(owner);
      hurried.remove(owner);
      count -= lane == null ? 0 : lane.size();
    }

    boolean isHurried() {
      return !hurried.isEmpty();
    }

    long oldest() {
      return lanes.values().stream()
          .mapToLong(lane -> lane.peek().since())
          .reduce((first, second) -> first - second <= 0 ? first : second)
          .orElseThrow();
    }

    List<Waiting<O>> take(int limit) {
      var batch = new ArrayList<Waiting<O>>(limit);
      while (batch.size() < limit && count > 0) {
        var turn = lanes.entrySet().iterator().next();
        var lane = lanes.remove(turn.getKey());
        batch.add(lane.remove());
        count--;
        if (lane.isEmpty()) {
          hurried.remove(turn.getKey());
        } else {
          lanes.put(turn.getKey(), lane);
        }
      }
      return batch;
    }
  }
}
