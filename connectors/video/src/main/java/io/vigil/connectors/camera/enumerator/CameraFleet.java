package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which cameras are wanted, and who has them. */
final class CameraFleet {

  private final Map<String, CameraDefinition> wanted = new LinkedHashMap<>();

  /** Readers, also of cameras that they are about to forget. */
  private final Map<String, Integer> owners = new LinkedHashMap<>();

  private final Map<String, CameraSplit> unassigned = new LinkedHashMap<>();

  /** Readers that had an unassigned camera before. */
  private final Map<String, Integer> formerOwners = new LinkedHashMap<>();

  CameraFleet(Collection<CameraSplit> splits) {
    splits.forEach(split -> takeBack(split, false));
  }

  /**
   * Takes in what was given to a reader that has failed, and is in no checkpoint.
   *
   * @param known whether all that is wanted is known; else what a reader had is wanted
   */
  void lost(int subtask, Collection<CameraSplit> splits, boolean known) {
    for (var split : splits) {
      takeBack(split, known);
      formerOwners.put(split.splitId(), subtask);
    }
  }

  /**
   * Takes in all that a reader had in its checkpoint.
   *
   * @param known whether all that is wanted is known; else what a reader had is wanted
   */
  void returned(int subtask, Collection<CameraSplit> splits, boolean known) {
    lost(subtask, splits, known);
    owners.values().removeIf(owner -> owner == subtask);
    for (var camera : wanted.values()) {
      if (!owners.containsKey(camera.id()) && !unassigned.containsKey(camera.id())) {
        unassigned.put(camera.id(), CameraSplit.unread(camera)); // its reader never got it
      }
    }
  }

  private void takeBack(CameraSplit split, boolean known) {
    var id = split.splitId();
    owners.remove(id);
    if (split.retired()) {
      unassigned.put(id, wanted.containsKey(id) ? split.revive(wanted.get(id)) : split);
    } else if (!known) {
      wanted.put(id, split.camera());
      unassigned.put(id, split);
    } else {
      unassigned.put(id, wanted.containsKey(id) ? split.with(wanted.get(id)) : split.retire());
    }
  }

  /** Those that are wanted and not listed any more. */
  Set<String> unwanted(Listing listing) {
    var kept = listing.refused().stream().map(Refusal::cameraId).collect(Collectors.toSet());
    return wanted.keySet().stream()
        .filter(id -> !listing.cameras().containsKey(id) && !kept.contains(id))
        .collect(Collectors.toSet());
  }

  /**
   * @return the reader that has it
   */
  Optional<Integer> remove(String id) {
    wanted.remove(id);
    unassigned.computeIfPresent(id, (key, split) -> split.retire());
    return owner(id);
  }

  /**
   * @return the reader that has it, if it has it otherwise than it is wanted now
   */
  Optional<Integer> want(CameraDefinition camera) {
    var before = wanted.put(camera.id(), camera);
    if (camera.equals(before)) {
      return Optional.empty();
    }
    if (!owners.containsKey(camera.id())) {
      unassigned.merge(
          camera.id(), CameraSplit.unread(camera), (had, unread) -> had.revive(camera));
    }
    return owner(camera.id());
  }

  Optional<Integer> owner(String id) {
    return Optional.ofNullable(owners.get(id));
  }

  /** Unless it has been wanted again since. */
  void gone(String id, int subtask) {
    if (!wanted.containsKey(id)) {
      owners.remove(id, subtask);
    }
  }

  /** Gives away all that is unassigned: to who had it before, else to who has fewest. */
  Map<Integer, List<CameraSplit>> deal(Set<Integer> readers) {
    var dealt = new TreeMap<Integer, List<CameraSplit>>();
    if (readers.isEmpty()) {
      return dealt;
    }
    for (var split : unassigned.values()) {
      var former = formerOwners.get(split.splitId());
      int reader = former != null && readers.contains(former) ? former : leastLoaded(readers);
      owners.put(split.splitId(), reader);
      dealt.computeIfAbsent(reader, key -> new ArrayList<>()).add(split);
    }
    unassigned.clear();
    formerOwners.clear();
    return dealt;
  }

  private int leastLoaded(Set<Integer> readers) {
    var loads =
        owners.values().stream().collect(Collectors.groupingBy(o -> o, Collectors.counting()));
    Comparator<Integer> byLoad = Comparator.comparingLong(reader -> loads.getOrDefault(reader, 0L));
    return readers.stream().min(byLoad.thenComparing(Comparator.naturalOrder())).orElseThrow();
  }

  List<CameraSplit> unassigned() {
    return List.copyOf(unassigned.values());
  }
}
