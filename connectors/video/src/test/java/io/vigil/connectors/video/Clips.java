package io.vigil.connectors.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The clips in {@code test-videos}, and further ones where the machine has them. */
public final class Clips {

  private static final Path FOLDER = Path.of("..", "..", "test-videos");

  /**
   * @param frames that decode
   * @param width as displayed
   * @param height as displayed
   */
  public record Clip(Path path, long frames, int width, int height) {

    public String name() {
      return path.getFileName().toString();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private Clips() {}

  public static Path street() {
    return FOLDER.resolve("street.mp4");
  }

  public static Path variant(String file) {
    return FOLDER.resolve("variants").resolve(file);
  }

  /** Every tiny clip. */
  public static Stream<Clip> variants() {
    return lines(FOLDER.resolve("variants").resolve("index.tsv"))
        .map(
            fields ->
                new Clip(
                    variant(fields[0]),
                    Long.parseLong(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3])));
  }

  /** Tiny clips of the street, each frame with its number at its foot. */
  public static Stream<Clip> numbered() {
    return variants().filter(clip -> !clip.name().startsWith("bars"));
  }

  /** Videos of the shared folder that VIGIL_SHARED names; none if it is not set. */
  public static Stream<Clip> shared() {
    return sharedFolder()
        .map(folder -> folder.resolve("data").resolve("videos"))
        .map(Clips::sharedClips)
        .orElseGet(Stream::empty);
  }

  private static Stream<Clip> sharedClips(Path folder) {
    return lines(folder.resolve("index.tsv"))
        .filter(fields -> !fields[6].equals("-"))
        .map(fields -> sharedClip(folder, fields));
  }

  private static Clip sharedClip(Path folder, String[] fields) {
    var size = fields[4].split("x");
    return new Clip(
        folder.resolve(fields[0]),
        Long.parseLong(fields[6]),
        Integer.parseInt(size[0]),
        Integer.parseInt(size[1]));
  }

  private static Optional<Path> sharedFolder() {
    var property = System.getProperty("VIGIL_SHARED", System.getenv("VIGIL_SHARED"));
    return Optional.ofNullable(property).filter(value -> !value.isBlank()).map(Path::of);
  }

  /** Of a table, without its heading. */
  private static Stream<String[]> lines(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1).map(line -> line.split("\t"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The number at the foot of a numbered frame: eight blocks, white for 1, the lowest bit left.
   *
   * @param rgb uint8 [height, width, 3]
   */
  public static int number(byte[] rgb, int width, int height) {
    int y = height - height / 12;
    int number = 0;
    for (int bit = 0; bit < 8; bit++) {
      int x = (2 * bit + 1) * width / 16;
      int green = rgb[3 * (y * width + x) + 1] & 0xff;
      number |= green > 127 ? 1 << bit : 0;
    }
    return number;
  }
}
