package io.vigil.testvideos;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Encodes pictures with the {@code ffmpeg} program. */
final class Encoder {

  private Encoder() {}

  /**
   * @param rate frames a second, such as {@code 24} or {@code 25/2}
   * @param pictures the one of each number from 0, TYPE_INT_ARGB
   * @param arguments of ffmpeg, for the output
   */
  static void encode(
      Path output,
      String rate,
      int count,
      IntFunction<BufferedImage> pictures,
      List<String> arguments)
      throws IOException, InterruptedException {
    var first = pictures.apply(0);
    var command = new ArrayList<>(List.of("-f", "rawvideo", "-pix_fmt", "bgra", "-r", rate));
    command.addAll(List.of("-s", first.getWidth() + "x" + first.getHeight(), "-i", "-"));
    command.addAll(arguments);
    ffmpeg(command, output, count, pictures);
  }

  /** Marks a file to be turned counter-clockwise when it is displayed. */
  static void rotate(Path path, int degrees) throws IOException, InterruptedException {
    var turned = path.resolveSibling("turned-" + path.getFileName());
    var command =
        List.of("-i", path.toString(), "-c", "copy", "-metadata:s:v", "rotate=" + degrees);
    ffmpeg(command, turned, 0, number -> null);
    Files.move(turned, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void ffmpeg(
      List<String> arguments, Path output, int count, IntFunction<BufferedImage> pictures)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-y"));
    command.addAll(arguments);
    // Without the encoder's version and date, so that the same pictures give the same file.
    command.addAll(List.of("-fflags", "+bitexact", "-flags:v", "+bitexact", output.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var input = process.getOutputStream()) {
      for (int i = 0; i < count; i++) {
        input.write(bgra(pictures.apply(i)));
      }
    } catch (IOException e) {
      // It has ended early, and its messages say why.
    }
    var messages = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(output + ": ffmpeg refused: " + messages);
    }
  }

  private static byte[] bgra(BufferedImage picture) {
    var pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    var bytes = ByteBuffer.allocate(4 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(pixels);
    return bytes.array();
  }
}
