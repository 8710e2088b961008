package io.vigil.pipeline.batch;

/**
 * One owner's share of a batch, in nanoseconds where it is time.
 *
 * @param frames the owner's pictures in the batch
 * @param batchFrames all pictures in the batch
 * @param waiting from the submission of the owner's pictures until their batch was closed, summed
 * @param ready from the closing of the batch until the device began with it, without copying
 * @param copying pictures into the batch's buffer
 * @param inference of the whole batch
 * @param answering of the whole batch: boxes, NMS, events
 */
public record BatchReport(
    int frames,
    int batchFrames,
    long waiting,
    long ready,
    long copying,
    long inference,
    long answering) {}
