/** Checkpoints of TensorFlow, read without it: an index, which is a sorted table, and data. */
package io.vigil.model.weights.tensorflow;
