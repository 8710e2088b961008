package io.vigil.connectors.camera.split;

import org.apache.flink.api.connector.source.SourceSplit;

/** A camera, and how far its records have been emitted. */
public record CameraSplit(CameraDefinition camera, CameraPosition position) implements SourceSplit {

  public static CameraSplit unread(CameraDefinition camera) {
    return new CameraSplit(camera, CameraPosition.START);
  }

  @Override
  public String splitId() {
    return camera.id();
  }
}
