package io.vigil.model.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ground truth as in COCO's {@code instances_*.json}.
 *
 * @param images in the order of their ids
 * @param categories in the order of their ids
 * @param annotations in the order of the file
 */
public record CocoData(
    List<Image> images, List<Category> categories, List<Annotation> annotations) {
  public static final CocoData EMPTY = new CocoData(List.of(), List.of(), List.of());

  /**
   * A picture and its file's name.
   *
   * @param frame which of a video's frames it is, from 0, where only some of them are known
   */
  public record Image(long id, String fileName, int width, int height, OptionalLong frame) {
    private Image withId(long other) {
      return new Image(other, fileName, width, height, frame);
    }
  }

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
      long id, long imageId, long categoryId, Box box, double area, boolean crowd) {
    private Annotation withIds(long own, long image) {
      return new Annotation(own, image, categoryId, box, area, crowd);
    }
  }

  public CocoData {
    images = images.stream().sorted(Comparator.comparingLong(Image::id)).toList();
    categories = categories.stream().sorted(Comparator.comparingLong(Category::id)).toList();
    annotations = List.copyOf(annotations);
  }

  /** The same, in the same order, with ids above all that another has. */
  public CocoData numberedBehind(CocoData other) {
    long image = 1 + other.images.stream().mapToLong(Image::id).max().orElse(0);
    long object = 1 + other.annotations.stream().mapToLong(Annotation::id).max().orElse(0);
    var renamed = new HashMap<Long, Long>();
    images.forEach(old -> renamed.put(old.id, image + renamed.size()));
    var numbers = IntStream.range(0, annotations.size());
    return new CocoData(
        images.stream().map(old -> old.withId(renamed.get(old.id))).toList(),
        categories,
        numbers
            .mapToObj(
                n -> {
                  var old = annotations.get(n);
                  return old.withIds(object + n, renamed.get(old.imageId));
                })
            .toList());
  }

  /** Both as one set; categories of one id are one. */
  public CocoData with(CocoData other) {
    var named = new TreeMap<Long, Category>();
    Stream.of(categories, other.categories)
        .flatMap(List::stream)
        .forEach(category -> named.putIfAbsent(category.id, category));
    return new CocoData(
        Stream.concat(images.stream(), other.images.stream()).toList(),
        List.copyOf(named.values()),
        Stream.concat(annotations.stream(), other.annotations.stream()).toList());
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
              image.path("height").asInt(),
              image.path("frame").isNumber()
                  ? OptionalLong.of(image.path("frame").asLong())
                  : OptionalLong.empty()));
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
