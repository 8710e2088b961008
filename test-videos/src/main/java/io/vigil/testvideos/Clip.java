package io.vigil.testvideos;

import io.vigil.testvideos.scene.Annotation;
import io.vigil.testvideos.scene.CountingLine;
import io.vigil.testvideos.scene.Crossing;
import io.vigil.testvideos.scene.Scene;
import io.vigil.testvideos.scene.Scenes;
import io.vigil.testvideos.scene.Viewpoint;
import io.vigil.testvideos.truth.CocoFile;
import io.vigil.testvideos.truth.CrossingsFile;
import io.vigil.testvideos.truth.MotFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a scene as a video, with its ground truth beside it: {@code .json} (COCO), {@code .mot.txt}
 * and {@code .crossings.json}.
 */
final class Clip {

  static final List<String> OPTIONS =
      List.of("--seed", "--viewpoint", "--from", "--seconds", "--fps", "--size", "--crf", "--out");

  private static final String EXTENSION = ".mp4";

  private final long seed;
  private final Viewpoint viewpoint;
  private final double from;
  private final int frames;
  private final int rate;
  private final int crf;
  private final Arguments.Size size;
  private final Path out;

  Clip(Arguments arguments) {
    out = Path.of(arguments.text("--out", null));
    if (!out.getFileName().toString().endsWith(EXTENSION)) {
      throw new Arguments.Wrong("--out " + out + ": must end in " + EXTENSION);
    }
    seed = arguments.whole("--seed", null, 0, Long.MAX_VALUE);
    viewpoint = arguments.viewpoint();
    rate = (int) arguments.whole("--fps", "12", 1, 120);
    from = arguments.number("--from", "0", 0, Scene.DURATION);
    double seconds = arguments.number("--seconds", "8", 0.1, Scene.DURATION);
    if (from + seconds > Scene.DURATION) {
      throw new Arguments.Wrong(
          "--from " + from + " and --seconds " + seconds + ": a scene ends at " + Scene.DURATION);
    }
    frames = Math.max(1, (int) Math.rint(seconds * rate));
    crf = (int) arguments.whole("--crf", "27", 0, 51);
    size = arguments.size("640x360");
  }

  private double seconds(int frame) {
    return from + (double) frame / rate;
  }

  void draw() throws IOException, InterruptedException {
    if (out.toAbsolutePath().getParent() != null) {
      Files.createDirectories(out.toAbsolutePath().getParent());
    }
    var scene = Scenes.of(seed, viewpoint);
    var truth = new ArrayList<List<Annotation>>();
    Encoder.encode(
        out, String.valueOf(rate), frames, number -> frame(scene, number, truth), encoding());
    boxes(truth);
    crossings(scene, truth);
  }

  /** The encoder asks for the first frame twice, to learn its size. */
  private BufferedImage frame(Scene scene, int number, List<List<Annotation>> truth) {
    var frame = scene.draw(seconds(number), size.width(), size.height());
    if (truth.size() == number) {
      truth.add(frame.annotations());
    }
    return frame.picture();
  }

  private List<String> encoding() {
    return List.of(
        "-vf",
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
        "-colorspace",
        "bt709",
        "-color_range",
        "tv",
        "-c:v",
        "libx264",
        "-crf",
        String.valueOf(crf),
        "-preset",
        "slow",
        "-x264-params",
        "keyint=48:threads=1",
        "-movflags",
        "+faststart");
  }

  private Path beside(String extension) {
    var name = out.getFileName().toString();
    var stem = name.substring(0, name.length() - EXTENSION.length());
    return out.resolveSibling(stem + extension);
  }

  private void boxes(List<List<Annotation>> truth) throws IOException {
    var coco = new CocoFile(size.width(), size.height(), Annotation::ignored);
    var mot = new MotFile();
    for (int i = 0; i < frames; i++) {
      var file = out.getFileName().toString();
      coco.add(
          new CocoFile.Picture(i, file, seed, viewpoint.label(), (double) i / rate), truth.get(i));
      mot.add(i, truth.get(i));
    }
    coco.write(beside(".json"));
    mot.write(beside(".mot.txt"));
  }

  private void crossings(Scene scene, List<List<Annotation>> truth) throws IOException {
    List<CountingLine> lines = scene.lines(size.width(), size.height());
    // one that no frame comes after could not be seen
    double end = seconds(frames - 1);
    var crossings = new ArrayList<Crossing>();
    for (var crossing : scene.crossings(from, end, size.width(), size.height())) {
      crossings.add(crossing.earlier(from));
    }
    new CrossingsFile(lines, crossings, rate)
        .write(beside(".crossings.json"), frames, frame -> considered(truth.get(frame)));
  }

  private static List<Integer> considered(List<Annotation> annotations) {
    return annotations.stream()
        .filter(annotation -> !annotation.ignored())
        .map(Annotation::track)
        .toList();
  }
}
