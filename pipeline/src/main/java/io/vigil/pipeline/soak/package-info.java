/** Real jobs for a long time, and whether anything of the process grows. */
package io.vigil.pipeline.soak;
