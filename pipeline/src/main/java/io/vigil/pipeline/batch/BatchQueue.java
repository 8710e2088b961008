package io.vigil.pipeline.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures that wait for a batch: of one shape, taken from their streams in turn. Times are those
 * of a monotonic clock in nanoseconds. Not safe for use by several threads.
 *
 * <p>Perishable pictures wait in no more than one batch: when that is full, a stream's next picture
 * takes the place of its oldest one, and the stream keeps its turn. So what goes to the device is
 * fresh, and every stream gets the same share whatever its rate.
 *
 * @param <O> an owner
 */
final class BatchQueue<O> {

  /** A picture and since when it waits. */
  record Waiting<O>(O owner, InferenceRequest request, long since) {}

  /**
   * What came of adding a picture.
   *
   * @param superseded the picture that gave way; null if none did
   * @param wakes whether a batch of the limit is there, or a new deadline has to be watched
   */
  record Added(InferenceRequest superseded, boolean wakes) {}

  private record Shape(int height, int width) {}

  private final long timeout;
  private final Map<Shape, BatchGroup<O>> groups = new HashMap<>();
  private final Turns<O> turns = new Turns<>();

  BatchQueue(long timeout) {
    this.timeout = timeout;
  }

  Added add(O owner, InferenceRequest request, long now, int limit) {
    var shape = new Shape(request.height(), request.width());
    var group = groups.computeIfAbsent(shape, key -> new BatchGroup<>(turns));
    var superseded = group.add(new Waiting<>(owner, request, now), limit);
    return new Added(superseded, group.count() == 1 || group.count() >= limit);
  }

  /** What the owner has waiting is due now. */
  void hurry(O owner) {
    groups.values().forEach(group -> group.hurry(owner));
  }

  /**
   * Lets go of perishable pictures of the owner, so that no more than one batch of them waits.
   *
   * @return those, in no order
   */
  List<InferenceRequest> shorten(O owner, int limit) {
    var superseded = new ArrayList<InferenceRequest>();
    for (var group : groups.values()) {
      superseded.addAll(group.shorten(owner, limit));
    }
    removeEmptyGroups();
    return superseded;
  }

  void withdraw(O owner) {
    groups.values().forEach(group -> group.withdraw(owner));
    turns.forget(owner);
    removeEmptyGroups();
  }

  private void removeEmptyGroups() {
    groups.values().removeIf(group -> group.count() == 0);
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /**
   * Takes the batch whose turn it is: of those that are full or due, the one with the stream that
   * waits longest. A partial batch goes on filling while the device is busy with others, for the
   * device could not begin with it anyway, unless a full one would overtake it; so does a full one
   * of perishable pictures, which would grow old in it.
   *
   * @param limit most pictures in a batch; as many make it full
   * @return the batch; empty if none is ready
   */
  List<Waiting<O>> take(long now, boolean deviceIdle, int limit) {
    var next =
        groups.entrySet().stream()
            .filter(entry -> entry.getValue().count() >= limit || isDue(entry.getValue(), now))
            .min(Comparator.comparingLong(entry -> entry.getValue().oldest() - now));
    var closedOne = groups.values().stream().anyMatch(group -> group.lasting() >= limit);
    if (next.isEmpty() || !(deviceIdle || closedOne)) {
      return List.of();
    }
    var group = next.get().getValue();
    var batch = group.take(limit);
    if (group.count() == 0) {
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

  private boolean isDue(BatchGroup<O> group, long now) {
    return group.isHurried() || now - group.oldest() >= timeout;
  }
}
