/** What a job is told, read once: all that is wrong with it is said together, secrets never. */
package io.vigil.pipeline.config;
