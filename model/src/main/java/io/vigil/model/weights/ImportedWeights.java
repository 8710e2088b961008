package io.vigil.model.weights;

import io.vigil.model.weights.names.NameScheme;

/**
 * Weights out of a file, by canonical name.
 *
 * @param scheme the family whose names the file has
 * @param section the entry of a training checkpoint that they are from; empty if it has none
 * @param weights every tensor of the network
 * @param digest of {@link WeightsDigest}
 */
public record ImportedWeights(NameScheme scheme, String section, Weights weights, String digest) {}
