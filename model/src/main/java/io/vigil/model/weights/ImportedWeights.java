package io.vigil.model.weights;

import io.vigil.model.config.Implementation;
import io.vigil.model.weights.names.NameScheme;
import java.util.List;

/**
 * Weights out of a file, by canonical name.
 *
 * @param scheme the family whose names the file has
 * @param section the entry of a training checkpoint that they are from; empty if it has none
 * @param weights every tensor of the network
 * @param digest of {@link WeightsDigest}
 * @param implementation what the names tell, with the padding of max-pools that the file says, or
 *     else the family's
 * @param trained false where the file says that they are initial ones
 * @param notes what was done to them on the way that whoever brought them should know
 */
public record ImportedWeights(
    NameScheme scheme,
    String section,
    Weights weights,
    String digest,
    Implementation implementation,
    boolean trained,
    List<String> notes) {

  public ImportedWeights {
    notes = List.copyOf(notes);
  }
}
