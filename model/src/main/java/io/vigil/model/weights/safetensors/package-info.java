/** Weights as safetensors: a JSON header and raw values. */
package io.vigil.model.weights.safetensors;
