/** What goes wrong outside of a job, on demand. Knows nothing of Vigil. */
package io.vigil.faults;
