/** Faults on purpose, against a real job, a real RTSP server and a real broker. */
package io.vigil.pipeline.chaos;
