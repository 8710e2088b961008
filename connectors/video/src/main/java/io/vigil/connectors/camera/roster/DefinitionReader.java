package io.vigil.connectors.camera.roster;

import java.io.IOException;
import java.io.Serializable;

/** Understands definitions of cameras as people write them. */
public interface DefinitionReader extends Serializable {

  /**
   * Reads many, each below its id.
   *
   * @throws IOException if the text as a whole is not to be understood
   */
  Listing many(String text) throws IOException;

  /** Reads one: a camera, or a refusal. */
  Listing one(String cameraId, String text);
}
