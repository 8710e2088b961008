package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a roster is not taken, each told once for as long as it stands. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final String roster;
  private final List<CameraEvent.Refused> untold = new ArrayList<>();
  private Set<Refusal> standing = Set.of();
  private String failure = "";

  Refusals(String roster) {
    this.roster = roster;
  }

  void of(Listing listing) {
    for (var refusal : listing.refused()) {
      if (!standing.contains(refusal)) {
        tell(refusal);
      }
    }
    standing = new HashSet<>(listing.refused());
  }

  /** It cannot be looked at, or is not to be understood as a whole. */
  void failed(Throwable cause) {
    var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (!reason.equals(failure)) {
      failure = reason;
      tell(new Refusal(roster, reason));
    }
  }

  void reached() {
    failure = "";
  }

  private void tell(Refusal refusal) {
    LOG.warn("{}: refused: {}", refusal.cameraId(), refusal.reason());
    var text = refusal.cameraId() + "\n" + refusal.reason();
    var id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    untold.add(new CameraEvent.Refused(refusal.cameraId(), id.replace("-", ""), refusal.reason()));
  }

  List<CameraEvent.Refused> untold() {
    var all = List.copyOf(untold);
    untold.clear();
    return all;
  }
}
