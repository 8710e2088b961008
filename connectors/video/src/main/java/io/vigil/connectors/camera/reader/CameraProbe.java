package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.ReadInterrupt;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.decode.VideoInfo;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.model.detect.Letterbox;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a camera or a file gives, looked at for a few seconds.
 *
 * @param info what it says of itself
 * @param connected until it was known
 * @param frames that were looked at
 * @param framesPerSecond by the times of these; empty if there was but one
 * @param keyFrameSeconds longest time between two key frames; empty if there were no two
 * @param seconds from the first to the last frame, by their times
 * @param senderBehindMillis by how much the camera's own clock is behind this machine's, for the
 *     last frame; empty if it tells none
 * @param picture the last frame as displayed
 * @param letterbox where it lies in the model picture
 * @param rgb the model picture
 */
public record CameraProbe(
    VideoInfo info,
    Duration connected,
    long frames,
    OptionalDouble framesPerSecond,
    OptionalDouble keyFrameSeconds,
    double seconds,
    OptionalLong senderBehindMillis,
    BufferedImage picture,
    Letterbox letterbox,
    byte[] rgb) {

  /**
   * Connects to a camera as a job would.
   *
   * @param time to look at it from its first frame on
   * @throws VideoException why it cannot be read
   */
  public static CameraProbe of(CameraDefinition camera, Duration time, LetterboxSettings letterbox)
      throws VideoException {
    long start = System.nanoTime();
    try (var decoder = VideoDecoder.open(CameraInputs.of(camera), new ReadInterrupt())) {
      return new Look(decoder, since(start)).look(time, letterbox, camera.toString());
    }
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws VideoException why it cannot be read
   */
  public static CameraProbe of(Path file, Duration time, LetterboxSettings letterbox)
      throws VideoException {
    long start = System.nanoTime();
    try (var decoder = VideoDecoder.open(file, 1)) {
      return new Look(decoder, since(start)).look(time, letterbox, file.toString());
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Counts what passes. */
  private static final class Look {
    private final VideoDecoder decoder;
    private final Duration connected;
    private long frames;
    private double first;
    private double last;
    private Optional<Double> lastKeyFrame = Optional.empty();
    private OptionalDouble keyFrameSeconds = OptionalDouble.empty();
    private OptionalLong behind = OptionalLong.empty();

    Look(VideoDecoder decoder, Duration connected) {
      this.decoder = decoder;
      this.connected = connected;
    }

    CameraProbe look(Duration time, LetterboxSettings settings, String name) throws VideoException {
      byte[] rgb = null;
      Letterbox letterbox = null;
      BufferedImage picture = null;
      while (decoder.next()) {
        count();
        if (last - first >= time.toNanos() / 1e9 || frames == 1) {
          letterbox = settings.letterbox(decoder.frame().width(), decoder.frame().height());
          rgb = decoder.letterbox(letterbox, settings.fill());
          picture = decoder.image();
        }
        if (last - first >= time.toNanos() / 1e9) {
          break;
        }
      }
      if (frames == 0) {
        throw new VideoException(name + ": it ended before its first frame");
      }
      return new CameraProbe(
          decoder.info(),
          connected,
          frames,
          last > first ? OptionalDouble.of((frames - 1) / (last - first)) : OptionalDouble.empty(),
          keyFrameSeconds,
          last - first,
          behind,
          picture,
          letterbox,
          rgb);
    }

    private void count() {
      double seconds = decoder.timeBase().seconds(decoder.frame().pts());
      first = frames == 0 ? seconds : first;
      last = Math.max(last, seconds);
      frames++;
      if (decoder.isKeyFrame()) {
        lastKeyFrame.ifPresent(
            before ->
                keyFrameSeconds =
                    OptionalDouble.of(Math.max(keyFrameSeconds.orElse(0), seconds - before)));
        lastKeyFrame = Optional.of(seconds);
      }
      var sender = decoder.senderEpochMillis();
      behind =
          sender.isPresent()
              ? OptionalLong.of(System.currentTimeMillis() - sender.getAsLong())
              : OptionalLong.empty();
    }
  }
}
