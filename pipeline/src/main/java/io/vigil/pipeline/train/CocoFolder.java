package io.vigil.pipeline.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vigil.model.digest.Sha256;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.model.train.TrainingData;
import io.vigil.model.train.TrainingException;
import io.vigil.model.train.TruthBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A COCO data set in a folder: {@code annotations/instances_SPLIT.json} and the pictures in {@code
 * SPLIT/}. Crowds are left out, as in google/automl's training.
 *
 * @param folder where both are
 * @param split such as {@code train2017}
 */
public record CocoFolder(Path folder, String split) {

  /** Half a pixel: annotations are rounded. */
  private static final double OUTSIDE_ALLOWED = 0.5;

  /**
   * What a folder holds.
   *
   * @param digest SHA-256 of the annotations' file
   * @param labels the classes, by their ids
   * @param data what can be learned from
   * @param problems all that is to be mended
   * @param leftOut what cannot be learned from, and harms nothing
   * @param unseen classes that no object is of
   */
  public record Content(
      String digest,
      List<Label> labels,
      TrainingData data,
      DataProblems problems,
      DataProblems leftOut,
      List<String> unseen) {

    /** What is measured on must have no class that is not learned, or that is another's number. */
    public void requireClassesOf(Content learned) {
      labels.stream()
          .filter(label -> !learned.labels.contains(label))
          .forEach(
              label ->
                  problems.add(
                      "a category is none of those that are learned, by id and name: give both splits the same 'categories'",
                      "%d %s".formatted(label.id(), label.name())));
    }
  }

  /**
   * @throws TrainingException if there are no annotations, or in another format
   */
  public Content read() {
    var file = folder.resolve("annotations/instances_" + split + ".json");
    return new Reading(file, json(file)).read();
  }

  private static String digest(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static TrainingException unreadable(Path file, IOException failure) {
    return new TrainingException(
        "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
  }

  private static JsonNode json(Path file) {
    // Python writes NaN, which JSON does not have; better told by its annotation than by its line.
    var mapper = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    try (var in = Files.newInputStream(file)) {
      var json = mapper.readTree(in);
      if (json.isMissingNode()) {
        throw new TrainingException(file + ": an empty file; fetch or write it again");
      }
      return json;
    } catch (NoSuchFileException missing) {
      throw new TrainingException(
          file
              + ": there is no such file; name a folder as COCO's, with annotations/instances_SPLIT.json and the pictures in SPLIT/",
          missing);
    } catch (JsonProcessingException broken) {
      throw new TrainingException(
          "%s: no JSON, or not all of it: line %d, column %d cannot be read; fetch or write it again"
              .formatted(
                  file, broken.getLocation().getLineNr(), broken.getLocation().getColumnNr()),
          broken);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /** One reading of a file. */
  private final class Reading {
    private final Path file;
    private final JsonNode json;
    private final DataProblems problems = new DataProblems();
    private final DataProblems leftOut = new DataProblems();
    private final Map<Long, Integer> classes = new HashMap<>();
    private final Map<Long, List<TruthBox>> objects = new HashMap<>();
    private final Map<Long, JsonNode> images = new LinkedHashMap<>();
    private final Map<Long, JsonNode> missing = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Integer> seen = new HashSet<>();

    Reading(Path file, JsonNode json) {
      this.file = file;
      this.json = json;
    }

    Content read() {
      var labels = labels();
      for (var image : list("images")) {
        image(image);
      }
      for (var annotation : list("annotations")) {
        annotation(annotation);
      }
      var unseen = new ArrayList<String>();
      for (var i = 0; i < labels.size(); i++) {
        if (!seen.contains(i)) {
          unseen.add(labels.get(i).name());
        }
      }
      if (objects.isEmpty()) {
        problems.add(
            "no picture has an object, so there is nothing to learn or to measure: add annotations",
            file.toString());
      }
      var classNames = labels.stream().map(Label::name).toList();
      return new Content(
          digest(file),
          labels,
          new TrainingData(classNames, pictures()),
          problems,
          leftOut,
          unseen);
    }

    private List<Label> labels() {
      var labels = new ArrayList<Label>();
      var ids = new HashSet<Integer>();
      for (var category : list("categories")) {
        var label = new Label(category.path("id").asInt(), category.path("name").asText());
        if (!category.path("id").isInt() || label.name().isEmpty()) {
          problems.add("a category lacks id or name: add them", cut(category));
        } else if (!ids.add(label.id())) {
          problems.add("a category's id is listed twice: give one another", cut(category));
        } else {
          labels.add(label);
        }
      }
      if (labels.isEmpty()) {
        throw new TrainingException(
            file + ": lists no categories, so there is nothing to learn; add 'categories'");
      }
      labels.sort(Comparator.comparingInt(Label::id));
      labels.forEach(label -> classes.put((long) label.id(), classes.size()));
      return labels;
    }

    private JsonNode list(String name) {
      if (!json.path(name).isArray()) {
        throw new TrainingException(
            "%s: no COCO annotations, it has no list '%s'; name a file like instances_train2017.json"
                .formatted(file, name));
      }
      return json.path(name);
    }

    private void image(JsonNode image) {
      var name = image.path("file_name").asText();
      if (!image.path("id").isNumber()
          || name.isEmpty()
          || image.path("width").asInt() < 1
          || image.path("height").asInt() < 1) {
        problems.add("a picture lacks id, file_name, width or height: add them", cut(image));
      } else if (!names.add(name) || images.containsKey(image.path("id").asLong())) {
        problems.add("a picture's file or id is listed twice: take one out", cut(image));
      } else if (name.indexOf('\0') >= 0 || !Files.isRegularFile(path(name))) {
        missing.put(image.path("id").asLong(), image);
        problems.add(
            "a picture is missing: fetch it, or take it and its annotations out",
            folder.resolve(split) + "/" + name);
      } else {
        images.put(image.path("id").asLong(), image);
      }
    }

    private void annotation(JsonNode annotation) {
      if (annotation.path("iscrowd").asInt() != 0) {
        return;
      }
      var where =
          "annotation %s of picture %s: %s"
              .formatted(
                  annotation.path("id").asText("?"),
                  annotation.path("image_id").asText("?"),
                  annotation.path("bbox"));
      var index = classes.get(annotation.path("category_id").asLong(-1));
      var number = annotation.path("image_id").asLong(-1);
      var image = images.getOrDefault(number, missing.get(number));
      if (index == null) {
        problems.add(
            "a category is not listed: add it to 'categories' or correct category_id",
            where + " of category " + annotation.path("category_id"));
      } else if (image == null) {
        problems.add(
            "the picture of an annotation is not listed: add it to 'images', or take the annotation out",
            where);
      } else {
        box(annotation.path("bbox"), image, index, where);
      }
    }

    private void box(JsonNode bbox, JsonNode image, int index, String where) {
      if (bbox.size() != 4 || !finite(bbox)) {
        problems.add("a box is not four numbers x, y, width, height", where);
        return;
      }
      var x = bbox.get(0).asDouble();
      var y = bbox.get(1).asDouble();
      var right = x + bbox.get(2).asDouble();
      var bottom = y + bbox.get(3).asDouble();
      var width = image.path("width").asInt();
      var height = image.path("height").asInt();
      if (right < x || bottom < y) {
        problems.add("a box has a width or height below 0: correct it or take it out", where);
      } else if (Math.min(x, y) < -OUTSIDE_ALLOWED
          || right > width + OUTSIDE_ALLOWED
          || bottom > height + OUTSIDE_ALLOWED) {
        problems.add(
            "a box reaches out of its picture: cut it at the edge",
            where + " in " + width + " x " + height);
      } else {
        var inside =
            new TruthBox(
                (float) Math.max(0, y),
                (float) Math.max(0, x),
                (float) Math.min(height, bottom),
                (float) Math.min(width, right),
                index);
        object(image.path("id").asLong(), inside, where);
      }
    }

    /** COCO's own train2017 has boxes of no height. */
    private void object(long image, TruthBox box, String where) {
      if (box.x2() <= box.x1() || box.y2() <= box.y1()) {
        leftOut.add("a box without area, which is left out", where);
        return;
      }
      seen.add(box.classIndex());
      objects.computeIfAbsent(image, ignored -> new ArrayList<>()).add(box);
    }

    private static boolean finite(JsonNode bbox) {
      for (var number : bbox) {
        if (!number.isNumber() || !Double.isFinite(number.asDouble())) {
          return false;
        }
      }
      return true;
    }

    private List<TrainingData.Picture> pictures() {
      var pictures = new ArrayList<TrainingData.Picture>();
      images.forEach(
          (id, image) -> {
            var path = path(image.path("file_name").asText());
            pictures.add(
                new TrainingData.Picture(
                    path.toString(),
                    image.path("width").asInt(),
                    image.path("height").asInt(),
                    objects.getOrDefault(id, List.of()),
                    new PictureFile(path)));
          });
      return pictures;
    }

    private Path path(String name) {
      return folder.resolve(split).resolve(name);
    }
  }

  private static String cut(JsonNode json) {
    var text = json.toString();
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }
}
