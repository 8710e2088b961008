package io.vigil.events;

/**
 * A frame that was decoded and has no detections because something failed.
 *
 * @param stage where, such as {@code letterbox} or {@code inference}
 * @param reason for people: the thing, the rule, the way out
 */
public record FailedFrame(
    String eventId,
    String streamId,
    String session,
    long seq,
    long pts,
    FrameEvent.TimeBase timeBase,
    String stage,
    String reason)
    implements Event {}
