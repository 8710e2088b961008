package io.vigil.testvideos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Boxes of a clip in COCO's format; an image's id is the number of its frame. */
final class GroundTruth {

  private final String file;
  private final int width;
  private final int height;
  private final List<String> images = new ArrayList<>();
  private final List<String> annotations = new ArrayList<>();

  GroundTruth(String file, int width, int height) {
    this.file = file;
    this.width = width;
    this.height = height;
  }

  void add(int frame, double seconds, List<Annotation> visible) {
    images.add(
        String.format(
            Locale.ROOT,
            "{\"id\":%d,\"file_name\":\"%s\",\"width\":%d,\"height\":%d,\"seconds\":%.4f}",
            frame,
            file,
            width,
            height,
            seconds));
    for (var annotation : visible) {
      annotations.add(json(frame, annotation));
    }
  }

  private String json(int frame, Annotation annotation) {
    return String.format(
        Locale.ROOT,
        "{\"id\":%d,\"image_id\":%d,\"category_id\":%d,\"track_id\":%d,"
            + "\"bbox\":[%d,%d,%d,%d],\"area\":%d,\"iscrowd\":0}",
        annotations.size() + 1,
        frame,
        annotation.category().id,
        annotation.track(),
        annotation.x(),
        annotation.y(),
        annotation.width(),
        annotation.height(),
        annotation.area());
  }

  void write(Path path) throws IOException {
    var categories =
        Arrays.stream(Category.values())
            .map(category -> "{\"id\":" + category.id + ",\"name\":\"" + category.label + "\"}")
            .collect(Collectors.joining(",\n", "\"categories\":[\n", "\n]"));
    Files.writeString(
        path,
        "{\n"
            + list("images", images)
            + ",\n"
            + categories
            + ",\n"
            + list("annotations", annotations)
            + "\n}\n");
  }

  private static String list(String name, List<String> values) {
    return "\"" + name + "\":[\n" + String.join(",\n", values) + "\n]";
  }
}
