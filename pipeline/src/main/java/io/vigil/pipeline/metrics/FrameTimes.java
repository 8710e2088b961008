package io.vigil.pipeline.metrics;

import io.vigil.connectors.video.CaptureTime;

/**
 * What a frame's way took, in nanoseconds.
 *
 * @param decodedAt of the monotonic clock
 * @param batchWait until its batch was closed
 * @param postProcessing its own
 * @param orderWait when it was done, for those before it
 * @param emit of its event
 * @param captured null for files
 */
public record FrameTimes(
    long decodedAt,
    long batchWait,
    long postProcessing,
    long orderWait,
    long emit,
    CaptureTime captured) {}
