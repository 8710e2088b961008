/** Fingerprints of files, weights and settings. */
package io.vigil.model.digest;
