/** Real jobs on a cluster in this process, to be measured, worn out and broken. */
package io.vigil.pipeline.trial;
