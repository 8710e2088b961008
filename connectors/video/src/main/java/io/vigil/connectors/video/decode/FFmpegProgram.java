package io.vigil.connectors.video.decode;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** The command-line program of the FFmpeg that decodes here, to measure against. */
public final class FFmpegProgram {
  private FFmpegProgram() {}

  /** Unpacked on first use. */
  public static Path bundled() {
    return Path.of(Loader.load(ffmpeg.class));
  }
}
