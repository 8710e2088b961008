package io.vigil.connectors.camera.split;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A camera, and how far its records have been emitted.
 *
 * @param retired it is not to be connected to any more; only its last session is still to be ended
 */
public record CameraSplit(CameraDefinition camera, CameraPosition position, boolean retired)
    implements SourceSplit {

  public CameraSplit(CameraDefinition camera, CameraPosition position) {
    this(camera, position, false);
  }

  public static CameraSplit unread(CameraDefinition camera) {
    return new CameraSplit(camera, CameraPosition.START);
  }

  public CameraSplit with(CameraDefinition definition) {
    return new CameraSplit(definition, position, retired);
  }

  /** It is wanted again, by this definition. */
  public CameraSplit revive(CameraDefinition definition) {
    return new CameraSplit(definition, position, false);
  }

  public CameraSplit retire() {
    return new CameraSplit(camera, position, true);
  }

  @Override
  public String splitId() {
    return camera.id();
  }
}
