package io.vigil.model.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ground truth as in COCO's {@code instances_*.json}.
 *
 * @param images in the order of their ids
 * @param categories in the order of their ids
 * @param annotations in the order of the file
 */
public record CocoData(
    List<Image> images, List<Category> categories, List<Annotation> annotations) {

  /** A picture and its file's name. */
  public record Image(long id, String fileName, int width, int height) {}

  /** A class of objects. */
  public record Category(long id, String name) {}

  /**
   * An object.
   *
   * @param area of its outline rather than its box, pixels; decides whether it counts as small,
   *     medium or large
   * @param crowd several objects in one box, which detections may match more than once and are not
   *     missed
   */
  public record Annotation(
      long id, long imageId, long categoryId, Box box, double area, boolean crowd) {}

  public CocoData {
    images = images.stream().sorted(Comparator.comparingLong(Image::id)).toList();
    categories = categories.stream().sorted(Comparator.comparingLong(Category::id)).toList();
    annotations = List.copyOf(annotations);
  }

  /**
   * @throws EvaluationException if it is not there or not in COCO's format; says what is missing
   */
  public static CocoData read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return of(new ObjectMapper().readTree(in));
    } catch (NoSuchFileException failure) {
      throw new EvaluationException(
          file + ": there is no such file; name a data set as COCO's, with annotations/", failure);
    } catch (IOException | IllegalArgumentException failure) {
      throw new EvaluationException(
          "%s: no COCO annotations (%s); name a file like instances_val2017.json"
              .formatted(file, failure.getMessage()),
          failure);
    }
  }

  static CocoData of(JsonNode json) {
    var images = new ArrayList<Image>();
    for (var image : list(json, "images")) {
      images.add(
          new Image(
              number(image, "id").asLong(),
              image.path("file_name").asText(),
              image.path("width").asInt(),
              image.path("height").asInt()));
    }
    var categories = new ArrayList<Category>();
    for (var category : list(json, "categories")) {
      categories.add(new Category(number(category, "id").asLong(), category.path("name").asText()));
    }
    var annotations = new ArrayList<Annotation>();
    list(json, "annotations").forEach(annotation -> annotations.add(annotation(annotation)));
    return new CocoData(images, categories, annotations);
  }

  private static Annotation annotation(JsonNode json) {
    return new Annotation(
        number(json, "id").asLong(),
        number(json, "image_id").asLong(),
        number(json, "category_id").asLong(),
        box(json),
        number(json, "area").asDouble(),
        json.path("iscrowd").asInt() != 0);
  }

  static Box box(JsonNode json) {
    var box = list(json, "bbox");
    if (box.size() != 4) {
      throw new IllegalArgumentException("bbox has " + box.size() + " numbers where there are 4");
    }
    return new Box(
        box.get(0).asDouble(), box.get(1).asDouble(), box.get(2).asDouble(), box.get(3).asDouble());
  }

  private static JsonNode list(JsonNode json, String name) {
    if (!json.path(name).isArray()) {
      throw new IllegalArgumentException("it has no list " + name);
    }
    return json.path(name);
  }

  private static JsonNode number(JsonNode json, String name) {
    if (!json.path(name).isNumber()) {
      throw new IllegalArgumentException("an entry has no number " + name);
    }
    return json.path(name);
  }
}
