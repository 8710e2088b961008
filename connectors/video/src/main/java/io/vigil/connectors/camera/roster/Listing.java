package io.vigil.connectors.camera.roster;

import io.vigil.connectors.camera.split.CameraDefinition;
import java.util.List;
import java.util.Map;

/**
 * All cameras of a roster, at a time.
 *
 * @param cameras that are to be read, by id
 * @param refused definitions that are not taken; a camera of that id stays as it is
 */
public record Listing(Map<String, CameraDefinition> cameras, List<Refusal> refused) {

  public Listing {
    cameras = Map.copyOf(cameras);
    refused = List.copyOf(refused);
  }

  /**
   * A definition that is not taken.
   *
   * @param reason for people: the rule that is broken, and the way out; holds no url
   */
  public record Refusal(String cameraId, String reason) {}
}
