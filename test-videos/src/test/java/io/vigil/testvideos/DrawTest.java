package io.vigil.testvideos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawTest {

  @TempDir private Path folder;

  private static String run(int status, String... arguments) throws InterruptedException {
    var errors = new ByteArrayOutputStream();
    var stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
    assertThat(Draw.run(List.of(arguments), stream)).isEqualTo(status);
    return errors.toString(StandardCharsets.UTF_8).strip();
  }

  private static JsonNode json(Path path) throws IOException {
    return new ObjectMapper().readTree(path.toFile());
  }

  @Test
  void stillsAreACocoFolder() throws IOException, InterruptedException {
    var out = folder.resolve("data");
    run(0, "stills", "--seeds", "100..111", "--size", "320x180", "--out", out.toString());
    var truth = json(out.resolve("annotations/instances_train.json"));
    assertThat(names(truth))
        .isEqualTo(Map.of(1, "person", 2, "bicycle", 3, "car", 6, "bus", 8, "truck"));
    var images = new HashSet<Integer>();
    for (var image : truth.get("images")) {
      assertThat(images.add(image.get("id").asInt())).isTrue();
      var picture = ImageIO.read(out.resolve("train/" + image.get("file_name").asText()).toFile());
      assertThat(picture.getWidth()).isEqualTo(image.get("width").asInt()).isEqualTo(320);
      assertThat(picture.getHeight()).isEqualTo(image.get("height").asInt()).isEqualTo(180);
      assertThat(image.get("viewpoint").asText()).isNotEqualTo("corner");
    }
    assertThat(images).hasSize(12);
    annotations(truth, images);
  }

  /** What is not asked for, and still enough to learn from, is no background. */
  @Test
  void trainingLearnsFromMoreThanIsAskedFor() throws IOException, InterruptedException {
    var counts = new ArrayList<Integer>();
    for (var split : List.of("train", "val")) {
      var out = folder.resolve(split);
      run(
          0,
          "stills",
          "--seeds",
          "0..11",
          "--viewpoints",
          "training",
          "--split",
          split,
          "--out",
          "" + out);
      var ignored = 0;
      var truth = json(out.resolve("annotations/instances_" + split + ".json"));
      for (var annotation : truth.get("annotations")) {
        var seen = annotation.get("visibility").asDouble();
        if (annotation.get("iscrowd").asInt() == 1) {
          ignored++;
        } else {
          assertThat(seen).isGreaterThanOrEqualTo(split.equals("train") ? 0.1995 : 0.3995);
        }
      }
      counts.add(ignored);
    }
    assertThat(counts.get(0)).isPositive().isLessThan(counts.get(1) * 3 / 4);
  }

  private static Map<Integer, String> names(JsonNode truth) {
    var names = new HashMap<Integer, String>();
    truth
        .get("categories")
        .forEach(node -> names.put(node.get("id").asInt(), node.get("name").asText()));
    return names;
  }

  private static void annotations(JsonNode truth, HashSet<Integer> images) {
    var ids = new HashSet<Integer>();
    var categories = names(truth).keySet();
    for (var annotation : truth.get("annotations")) {
      assertThat(ids.add(annotation.get("id").asInt())).isTrue();
      assertThat(images).contains(annotation.get("image_id").asInt());
      assertThat(categories).contains(annotation.get("category_id").asInt());
      var box = annotation.get("bbox");
      assertThat(box.get(2).asDouble()).isPositive();
      assertThat(box.get(0).asDouble() + box.get(2).asDouble()).isLessThanOrEqualTo(320);
      assertThat(box.get(1).asDouble() + box.get(3).asDouble()).isLessThanOrEqualTo(180);
    }
    assertThat(ids).hasSizeGreaterThan(30);
  }

  @Test
  void stillsAreTheSameBytesAgainAndInParallel() throws IOException, InterruptedException {
    for (var threads : List.of("1", "3")) {
      run(
          0,
          "stills",
          "--seeds",
          "0..6",
          "--size",
          "160x90",
          "--out",
          folder.resolve(threads).toString(),
          "--threads",
          threads);
    }
    for (var file :
        List.of(
            "annotations/instances_train.json",
            "train/000000000000.jpg",
            "train/000000000006.jpg")) {
      assertThat(folder.resolve("3").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("1").resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "paint | draw: no command \"paint\": there are stills and clip",
        "stills --out x | draw: --seeds is missing",
        "stills --seeds 5..3 --out x | draw: --seeds 5..3: must be a range FIRST..LAST of whole numbers from 0, such as 0..4999",
        "stills --seeds 0..3 --size 640 --out x | draw: --size 640: must be WIDTHxHEIGHT in even pixels, 16x16 to 4096x4096, such as 640x360",
        "stills --seeds 0..3 --count 9 --out x | draw: --count 9: --seeds has 4, and each gives one picture",
        "stills --seeds 0..3 --quality 20..300 --out x | draw: --quality 20..300: must be 0 to 100, or a range such as 45..95",
        "stills --seeds 0..3 --split a/b --out x | draw: --split a/b: must be letters, digits, _ and -",
        "stills --seeds 0..3 --viewpoints corner --out x | draw: viewpoint corner is kept for tests: give another --split than train, or leave it out",
        "stills --seeds 1000000..1000002 --out x | draw: seeds from 1000000 on are kept for tests: give another --split than train, or smaller seeds",
        "stills --seeds 999999..1000000 --out x | draw: seeds from 1000000 on are kept for tests: give another --split than train, or smaller seeds",
        "stills --seeds 0..3 --viewpoints moon --out x | draw: --viewpoints: no viewpoint \"moon\": there are side, pole, corner, roundabout, parking, plaza, bridge",
        "stills --seed 3 --out x | draw: unknown option --seed: there are --count, --seeds, --viewpoints, --size, --out, --split, --quality, --threads",
        "stills --seeds | draw: --seeds needs a value",
        "clip --seed 3 --viewpoint side --out x.avi | draw: --out x.avi: must end in .mp4",
        "clip --seed 3 --viewpoint side --seconds 70 --out x.mp4 | draw: --seconds 70: must be a number from 0.1 to 60.0",
        "clip --seed 3 --viewpoint side --from 58 --out x.mp4 | draw: --from 58.0 and --seconds 8.0: a scene ends at 60.0",
        "clip --seed x --viewpoint side --out x.mp4 | draw: --seed x: must be a whole number from 0 to 9223372036854775807"
      })
  void wrongArgumentsAreToldInOneLine(String arguments, String message)
      throws InterruptedException {
    assertThat(run(2, arguments.split(" "))).isEqualTo(message);
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("file"), "");
    var message = run(1, "stills", "--seeds", "0..0", "--out", file.resolve("x").toString());
    assertThat(message).startsWith("draw: ").contains(file.toString());
  }
}
