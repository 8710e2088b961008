package io.vigil.testvideos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws the clips of this folder again:
 *
 * <pre>
 * mvn -q -pl test-videos compile
 * java -cp test-videos/target/classes io.vigil.testvideos.Generator test-videos
 * </pre>
 *
 * <p>It needs the ffmpeg program with libx264 and libx265 (Debian's 5.1 made the ones here). The
 * pictures are the same each time; the files are with the same ffmpeg.
 */
public final class Generator {

  private static final int STREET_FRAMES = 120;
  private static final int STREET_RATE = 12;
  private static final String VARIANT_RATE = "24";

  /** What is left of a file that was cut off. */
  private static final double CUT = 0.6;

  private final Path folder;
  private final Path variants;
  private final Street street = new Street();
  private final List<String> index = new ArrayList<>();

  private Generator(Path folder) throws IOException {
    this.folder = folder;
    this.variants = Files.createDirectories(folder.resolve("variants"));
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: Generator FOLDER, such as test-videos");
      System.exit(2);
    }
    var generator = new Generator(Path.of(arguments[0]));
    generator.street();
    generator.variants();
  }

  private void street() throws IOException, InterruptedException {
    var truth = new GroundTruth("street.mp4", Street.WIDTH, Street.HEIGHT);
    Encoder.encode(
        folder.resolve("street.mp4"),
        String.valueOf(STREET_RATE),
        STREET_FRAMES,
        number -> {
          double seconds = (double) number / STREET_RATE;
          return street.frame(seconds, Street.WIDTH, Street.HEIGHT).picture();
        },
        List.of(
            "-vf",
            "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
            "-colorspace",
            "bt709",
            "-color_range",
            "tv",
            "-c:v",
            "libx264",
            "-crf",
            "23",
            "-preset",
            "slow",
            "-x264-params",
            "keyint=48:threads=1",
            "-movflags",
            "+faststart"));
    for (int number = 0; number < STREET_FRAMES; number++) {
      double seconds = (double) number / STREET_RATE;
      truth.add(number, seconds, street.frame(seconds, Street.WIDTH, Street.HEIGHT).annotations());
    }
    truth.write(folder.resolve("street.json"));
  }

  private void variants() throws IOException, InterruptedException {
    index.add("file\tframes\twidth\theight\twhat");
    for (var variant : Variant.all()) {
      encode(variant);
      list(variant.file(), variant.frames(), variant.width(), variant.height(), variant.what());
    }
    sizeChange();
    cut("mpegts.ts", "truncated.ts", "MPEG-TS, cut off");
    cutFastStart();
    Files.write(variants.resolve("index.tsv"), index);
  }

  private void encode(Variant variant) throws IOException, InterruptedException {
    Encoder.encode(
        variants.resolve(variant.file()),
        VARIANT_RATE,
        variant.frames(),
        number ->
            variant.content() == Variant.Content.BARS
                ? Pictures.bars(variant.width(), variant.height())
                : Pictures.numbered(street, number, variant.width(), variant.height()),
        variant.arguments());
    if (variant.rotation() != 0) {
      Encoder.rotate(variants.resolve(variant.file()), variant.rotation());
    }
  }

  private void list(String file, long frames, int width, int height, String what) {
    index.add(String.join("\t", file, "" + frames, "" + width, "" + height, what));
  }

  /** Two streams of different size in one, as when a channel changes its programme. */
  private void sizeChange() throws IOException, InterruptedException {
    var first = part("first.ts", 0, 160, 90);
    var second = part("second.ts", 24, 128, 96);
    var both = variants.resolve("size_change.ts");
    Files.write(both, concatenated(Files.readAllBytes(first), Files.readAllBytes(second)));
    Files.delete(first);
    Files.delete(second);
    list("size_change.ts", 48, 160, 90, "from frame 24 on 128 x 96");
  }

  private Path part(String name, int from, int width, int height)
      throws IOException, InterruptedException {
    var path = variants.resolve(name);
    var arguments = new ArrayList<>(Variant.h264("open-gop=0"));
    arguments.addAll(List.of("-output_ts_offset", String.valueOf(from / 24.0)));
    Encoder.encode(
        path,
        VARIANT_RATE,
        24,
        number -> Pictures.numbered(street, from + number, width, height),
        arguments);
    return path;
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void cutFastStart() throws IOException, InterruptedException {
    var arguments = new ArrayList<>(Variant.h264("open-gop=0"));
    arguments.addAll(List.of("-movflags", "+faststart"));
    Encoder.encode(
        variants.resolve("whole.mp4"),
        VARIANT_RATE,
        48,
        number -> Pictures.numbered(street, number, 160, 90),
        arguments);
    cut("whole.mp4", "truncated.mp4", "MP4 with its index in front, cut off");
    Files.delete(variants.resolve("whole.mp4"));
  }

  private void cut(String whole, String part, String what) throws IOException {
    var bytes = Files.readAllBytes(variants.resolve(whole));
    var path = variants.resolve(part);
    Files.write(path, Arrays.copyOf(bytes, (int) (CUT * bytes.length)));
    list(part, countFrames(path), 160, 90, what);
  }

  /** How many frames are left is ffprobe's to say. */
  private static long countFrames(Path path) {
    try {
      var process =
          new ProcessBuilder(
                  "ffprobe",
                  "-v",
                  "quiet",
                  "-count_frames",
                  "-select_streams",
                  "v:0",
                  "-show_entries",
                  "stream=nb_read_frames",
                  "-of",
                  "csv=p=0",
                  path.toString())
              .start();
      var lines = new String(process.getInputStream().readAllBytes()).lines();
      return Long.parseLong(lines.filter(line -> !line.isBlank()).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
