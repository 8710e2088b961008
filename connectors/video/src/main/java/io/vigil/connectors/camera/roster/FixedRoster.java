package io.vigil.connectors.camera.roster;

import io.vigil.connectors.camera.split.CameraDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Cameras that are named when the job starts, and stay. */
public final class FixedRoster implements CameraRoster {

  private static final long serialVersionUID = 1L;

  private final ArrayList<CameraDefinition> cameras;

  public FixedRoster(List<CameraDefinition> cameras) {
    this.cameras = new ArrayList<>(cameras);
  }

  @Override
  public String name() {
    return "the configuration";
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.empty();
  }

  @Override
  public Look open() {
    var byId = new LinkedHashMap<String, CameraDefinition>();
    cameras.forEach(camera -> byId.put(camera.id(), camera));
    return new Look() {
      @Override
      public Optional<Listing> look() {
        return Optional.of(new Listing(byId, List.of()));
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}
