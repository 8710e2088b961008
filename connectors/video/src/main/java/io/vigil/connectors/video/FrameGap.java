package io.vigil.connectors.video;

/**
 * A time from which no frame came. Where the frames beside it were timed by two clocks, the
 * camera's and this machine's, both ends are when they came, by this machine's.
 *
 * @param fromEpochMillis capture time of the last frame before it, or of the connection if none
 *     came
 * @param toEpochMillis capture time of the first frame after it
 * @param frames that are missing, estimated by the rate before; 0 if that was not known
 */
public record FrameGap(long fromEpochMillis, long toEpochMillis, long frames) {}
