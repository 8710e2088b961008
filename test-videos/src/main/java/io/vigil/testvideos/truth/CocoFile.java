package io.vigil.testvideos.truth;

import io.vigil.testvideos.scene.Annotation;
import io.vigil.testvideos.scene.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Boxes in COCO's format. Beside COCO's own fields an image says from which scene it is, and an
 * annotation which track it belongs to and how much of it is seen. What is to be ignored has {@code
 * iscrowd} 1.
 */
public final class CocoFile {

  private final Predicate<Annotation> ignored;
  private final int width;
  private final int height;
  private final List<String> images = new ArrayList<>();
  private final List<String> annotations = new ArrayList<>();

  /**
   * For images of one size.
   *
   * @param ignored what is to be ignored
   */
  public CocoFile(int width, int height, Predicate<Annotation> ignored) {
    this.ignored = ignored;
    this.width = width;
    this.height = height;
  }

  /** Adds an image: where it is from, and what is seen in it. */
  public void add(Picture picture, List<Annotation> visible) {
    images.add(
        String.format(
            Locale.ROOT,
            "{\"id\":%d,\"file_name\":\"%s\",\"width\":%d,\"height\":%d,\"seed\":%d,"
                + "\"viewpoint\":\"%s\",\"seconds\":%.4f}",
            picture.id,
            picture.file,
            width,
            height,
            picture.seed,
            picture.viewpoint,
            picture.seconds));
    for (var annotation : visible) {
      annotations.add(json(picture.id, annotation));
    }
  }

  /** An image of a scene at a time. */
  public record Picture(int id, String file, long seed, String viewpoint, double seconds) {}

  private String json(int image, Annotation annotation) {
    var box = annotation.box();
    var full = annotation.full();
    return String.format(
        Locale.ROOT,
        "{\"id\":%d,\"image_id\":%d,\"category_id\":%d,\"track_id\":%d,"
            + "\"bbox\":[%.1f,%.1f,%.1f,%.1f],\"area\":%.2f,\"iscrowd\":%d,"
            + "\"full_bbox\":[%.1f,%.1f,%.1f,%.1f],\"visibility\":%.3f,\"inside\":%.3f,\"ground\":[%.2f,%.2f]}",
        annotations.size() + 1,
        image,
        annotation.kind().id(),
        annotation.track(),
        box.x(),
        box.y(),
        box.width(),
        box.height(),
        annotation.area(),
        ignored.test(annotation) ? 1 : 0,
        full.x(),
        full.y(),
        full.width(),
        full.height(),
        annotation.visibility(),
        annotation.inside(),
        annotation.groundX(),
        annotation.groundY());
  }

  public void write(Path path) throws IOException {
    var categories =
        Arrays.stream(Kind.values())
            .map(kind -> "{\"id\":" + kind.id() + ",\"name\":\"" + kind.label() + "\"}")
            .toList();
    Files.writeString(
        path,
        "{\n"
            + list("images", images)
            + ",\n"
            + list("categories", categories)
            + ",\n"
            + list("annotations", annotations)
            + "\n}\n");
  }

  private static String list(String name, List<String> values) {
    return values.stream().collect(Collectors.joining(",\n", "\"" + name + "\":[\n", "\n]"));
  }
}
