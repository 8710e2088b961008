package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.roster.CameraRoster;
import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.state.UnassignedSplits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Deals the cameras out to the readers, each to the one that has fewest, and follows the roster. A
 * reader that is restored hands in what it had and gets it back as it is wanted now.
 */
public final class CameraEnumerator
    implements SplitEnumerator<CameraSplit, UnassignedSplits<CameraSplit>> {

  private final SplitEnumeratorContext<CameraSplit> context;
  private final CameraRoster roster;
  private final CameraFleet fleet;
  private final Refusals refusals;
  private CameraRoster.Look look;

  /** Heard before all readers have told what they have. */
  private Optional<Listing> unheeded = Optional.empty();

  private boolean everyReaderWasThere;

  public CameraEnumerator(
      SplitEnumeratorContext<CameraSplit> context,
      CameraRoster roster,
      UnassignedSplits<CameraSplit> state) {
    this.context = context;
    this.roster = roster;
    this.fleet = new CameraFleet(state.splits());
    this.refusals = new Refusals(roster.name());
  }

  @Override
  public void start() {
    look = roster.open();
    if (roster.interval().isEmpty()) {
      heed(lookNow());
      return;
    }
    long millis = roster.interval().get().toMillis();
    context.callAsync(look::look, this::looked, 0, millis);
  }

  private Listing lookNow() {
    try {
      return look.look().orElseThrow();
    } catch (IOException e) {
      throw new FlinkRuntimeException(e);
    }
  }

  private void looked(Optional<Listing> listing, Throwable failure) {
    if (failure != null) {
      refusals.failed(failure);
    } else {
      refusals.reached();
      listing.ifPresent(this::heed);
    }
    tellRefusals();
  }

  private void heed(Listing listing) {
    unheeded = Optional.of(listing);
    settle();
  }

  @Override
  public void addReader(int subtask) {
    List<CameraSplit> reported =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    fleet.returned(subtask, reported, everyReaderWasThere);
    settle();
    tellRefusals();
  }

  /** What nobody has handed in is new, which is known when everybody has. */
  private void settle() {
    everyReaderWasThere |= context.registeredReaders().size() == context.currentParallelism();
    if (everyReaderWasThere) {
      unheeded.ifPresent(this::apply);
      unheeded = Optional.empty();
      assign();
    }
  }

  private void apply(Listing listing) {
    refusals.of(listing);
    for (var id : fleet.unwanted(listing)) {
      fleet.remove(id).ifPresent(owner -> send(owner, new CameraEvent.Removed(id)));
    }
    for (var camera : listing.cameras().values()) {
      fleet.want(camera).ifPresent(owner -> send(owner, new CameraEvent.Changed(camera)));
    }
  }

  /** A reader that is not there tells what it had when it is back, and gets what is wanted then. */
  private void send(int subtask, CameraEvent event) {
    if (context.registeredReaders().containsKey(subtask)) {
      context.sendEventToSourceReader(subtask, event);
    }
  }

  private void assign() {
    fleet
        .deal(context.registeredReaders().keySet())
        .forEach((subtask, splits) -> splits.forEach(split -> context.assignSplit(split, subtask)));
  }

  private void tellRefusals() {
    var readers = context.registeredReaders().keySet();
    if (!readers.isEmpty() && everyReaderWasThere) {
      for (var refused : refusals.untold()) {
        int owner = fleet.owner(refused.cameraId()).filter(readers::contains).orElse(-1);
        send(owner >= 0 ? owner : readers.iterator().next(), refused);
      }
    }
  }

  @Override
  public void addSplitsBack(List<CameraSplit> splits, int subtask) {
    // The reader comes back, and then all are dealt out.
    fleet.lost(subtask, splits, everyReaderWasThere);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof CameraEvent.Gone gone) {
      fleet.gone(gone.cameraId(), subtask);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // Cameras are given without being asked for.
  }

  @Override
  public UnassignedSplits<CameraSplit> snapshotState(long checkpointId) {
    return new UnassignedSplits<>(fleet.unassigned());
  }

  @Override
  public void close() {
    if (look != null) {
      look.close();
    }
  }
}
