package io.vigil.model.train;

import io.vigil.model.backend.Batch;
import java.util.List;

/**
 * What a step learns from.
 *
 * @param batch the pictures
 * @param targets of each
 * @param names of the pictures, for messages
 */
record TrainingBatch(Batch batch, List<Targets> targets, List<String> names) {}
