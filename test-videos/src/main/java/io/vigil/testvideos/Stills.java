package io.vigil.testvideos;

import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.scene.Annotation;
import io.vigil.testvideos.scene.Frame;
import io.vigil.testvideos.scene.Scenes;
import io.vigil.testvideos.scene.Viewpoint;
import io.vigil.testvideos.truth.CocoFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Draws one frame each of many scenes, as a data set in COCO's layout. */
final class Stills {

  static final List<String> OPTIONS =
      List.of(
          "--count",
          "--seeds",
          "--viewpoints",
          "--size",
          "--out",
          "--split",
          "--quality",
          "--threads");

  private static final int WAITING = 4;

  private final Path folder;
  private final String split;
  private final boolean training;
  private final Arguments.Seeds seeds;
  private final List<Viewpoint> viewpoints;
  private final Arguments.Size size;
  private final int count;
  private final int threads;
  private final int lowestQuality;
  private final int highestQuality;

  Stills(Arguments arguments) {
    folder = Path.of(arguments.text("--out", null));
    split = arguments.text("--split", "train");
    if (!split.matches("[A-Za-z0-9_-]+")) {
      throw new Arguments.Wrong("--split " + split + ": must be letters, digits, _ and -");
    }
    seeds = arguments.seeds();
    training = split.startsWith("train");
    viewpoints = arguments.viewpoints("--viewpoints", training ? "training" : "all");
    size = arguments.size("640x360");
    long scenes = seeds.last() - seeds.first() + 1;
    count = (int) arguments.whole("--count", "" + scenes, 1, 1_000_000);
    if (count > scenes) {
      throw new Arguments.Wrong(
          "--count " + count + ": --seeds has " + scenes + ", and each gives one picture");
    }
    threads = (int) arguments.whole("--threads", "1", 1, 256);
    var quality = arguments.text("--quality", "45..95").split("\\.\\.", -1);
    lowestQuality = quality(quality[0], quality);
    highestQuality = quality(quality[quality.length - 1], quality);
    if (training) {
      refuseHeldOut();
    }
  }

  private static int quality(String text, String[] all) {
    if (all.length > 2 || !text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 100) {
      throw new Arguments.Wrong(
          "--quality " + String.join("..", all) + ": must be 0 to 100, or a range such as 45..95");
    }
    return Integer.parseInt(text);
  }

  private void refuseHeldOut() {
    if (seeds.first() + count > Viewpoint.FIRST_HELD_OUT_SEED) {
      throw new Arguments.Wrong(
          "seeds from "
              + Viewpoint.FIRST_HELD_OUT_SEED
              + " on are kept for tests: give another --split than "
              + split
              + ", or smaller seeds");
    }
    for (var viewpoint : viewpoints) {
      if (Viewpoint.heldOut(seeds.first(), viewpoint)) {
        throw new Arguments.Wrong(
            "viewpoint "
                + viewpoint.label()
                + " is kept for tests: give another --split than "
                + split
                + ", or leave it out");
      }
    }
  }

  private record Still(CocoFile.Picture picture, List<Annotation> annotations) {}

  void draw() throws IOException, InterruptedException {
    var pictures = Files.createDirectories(folder.resolve(split));
    var truth =
        new CocoFile(
            size.width(),
            size.height(),
            training ? annotation -> !annotation.learnable() : Annotation::ignored);
    var executor = Executors.newFixedThreadPool(threads);
    try {
      var waiting = new ArrayDeque<Future<Still>>();
      for (int i = 0; i < count; i++) {
        int number = i;
        waiting.add(executor.submit(() -> draw(number, pictures)));
        if (waiting.size() >= WAITING * threads) {
          add(truth, waiting.remove());
        }
      }
      while (!waiting.isEmpty()) {
        add(truth, waiting.remove());
      }
    } finally {
      executor.shutdownNow();
    }
    var annotations = Files.createDirectories(folder.resolve("annotations"));
    truth.write(annotations.resolve("instances_" + split + ".json"));
  }

  private static void add(CocoFile truth, Future<Still> future)
      throws IOException, InterruptedException {
    try {
      var still = future.get();
      truth.add(still.picture, still.annotations);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private Still draw(int number, Path pictures) throws IOException {
    long seed = seeds.first() + number;
    var viewpoint = viewpoints.get(number % viewpoints.size());
    var dice = new Dice(seed ^ 0x7374696CL);
    double seconds = Math.rint(dice.between(1, 55) * 100) / 100;
    Frame frame = Scenes.of(seed, viewpoint).draw(seconds, size.width(), size.height());
    var file = String.format("%012d.jpg", seed);
    int quality = dice.whole(lowestQuality, Math.max(lowestQuality, highestQuality));
    Files.write(pictures.resolve(file), jpeg(frame.picture(), quality));
    var picture = new CocoFile.Picture(number + 1, file, seed, viewpoint.label(), seconds);
    return new Still(picture, new ArrayList<>(frame.annotations()));
  }

  private static byte[] jpeg(BufferedImage image, int quality) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var output = ImageIO.createImageOutputStream(bytes)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality / 100f);
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
