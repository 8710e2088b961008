package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.split.CameraDefinition;
import org.apache.flink.api.connector.source.SourceEvent;

/** What the enumerator and the readers tell each other. */
public sealed interface CameraEvent extends SourceEvent {

  /** To a reader: end the camera's session, and forget it. */
  record Removed(String cameraId) implements CameraEvent {}

  /** To a reader: end the camera's session, and connect to it by this. */
  record Changed(CameraDefinition camera) implements CameraEvent {}

  /**
   * To a reader: tell that a definition was refused.
   *
   * @param id of what was refused, the same when it is refused again
   */
  record Refused(String cameraId, String id, String reason) implements CameraEvent {}

  /** To the enumerator: the reader has forgotten the camera. */
  record Gone(String cameraId) implements CameraEvent {}
}
