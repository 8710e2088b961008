package io.vigil.connectors.video.decode;

/**
 * What is known of a decoded frame without converting it.
 *
 * @param pts presentation time in units of the decoder's time base
 * @param exactPts false where the file gives no time and the frame's length was added to the one
 *     before
 * @param width as displayed: after rotation and pixel aspect
 * @param height as displayed
 */
public record FrameInfo(long pts, boolean exactPts, int width, int height) {}
