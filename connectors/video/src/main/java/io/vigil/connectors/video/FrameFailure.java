package io.vigil.connectors.video;

/**
 * A frame that was decoded and could not be used.
 *
 * @param stage where it failed, such as {@code letterbox}
 * @param reason for people: the thing, the rule, the way out
 */
public record FrameFailure(
    String streamId,
    String session,
    long seq,
    long pts,
    int timeBaseNumerator,
    int timeBaseDenominator,
    String stage,
    String reason)
    implements VideoRecord {}
