package io.vigil.connectors.video.decode;

/**
 * What a file says about its video stream, before any frame is decoded.
 *
 * @param codec FFmpeg's name, such as {@code h264}
 * @param container FFmpeg's name, such as {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param width as displayed: after rotation and pixel aspect
 * @param height as displayed
 * @param framesPerSecond on average; 0 if not known
 * @param durationSeconds 0 if not known
 * @param estimatedFrames 0 if not known; decoding may give a few more or fewer
 */
public record VideoInfo(
    String codec,
    String container,
    int width,
    int height,
    double framesPerSecond,
    double durationSeconds,
    long estimatedFrames) {}
