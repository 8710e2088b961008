package io.vigil.model.runtime;

import io.vigil.model.runtime.ModelMetadata.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a model, in the order of its outputs. A label file has a class a line: its name,
 * or its id, a tab and its name; ids count from 1 where none are given. Lines that are empty or
 * begin with # are passed over.
 */
public final class LabelMap {
  private static final String COCO = "coco.labels";

  private LabelMap() {}

  /** COCO's ids 1 to 90, of which ten are unused. */
  public static List<Label> coco() {
    return ofResource(COCO);
  }

  static List<Label> ofResource(String name) {
    var stream = LabelMap.class.getResourceAsStream(name);
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return parse(name, reader.lines().toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * @throws DetectorException if the file cannot be read or is no label file; all bad lines are
   *     told together
   */
  public static List<Label> read(Path path) {
    try {
      return parse(path.toString(), Files.readAllLines(path, StandardCharsets.UTF_8));
    } catch (NoSuchFileException missing) {
      throw new DetectorException("There is no label file " + path + ".", missing);
    } catch (MalformedInputException binary) {
      throw new DetectorException(path + " is no label file: it is not UTF-8 text.", binary);
    } catch (IOException failure) {
      throw new DetectorException(
          "The label file %s cannot be read: %s.".formatted(path, failure.getMessage()), failure);
    }
  }

  static List<Label> parse(String source, List<String> lines) {
    List<Label> labels = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<Integer, Integer> lineOfId = new HashMap<>();
    boolean numbered = lines.stream().anyMatch(line -> !isPassedOver(line) && line.contains("\t"));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\uFEFF", "").strip();
      if (isPassedOver(line)) {
        continue;
      }
      int number = i + 1;
      try {
        Label label = numbered ? numbered(line) : new Label(labels.size() + 1, line);
        Integer earlier = lineOfId.putIfAbsent(label.id(), number);
        if (earlier != null) {
          problems.add("line %d: id %d is line %d's".formatted(number, label.id(), earlier));
        }
        labels.add(label);
      } catch (IllegalArgumentException bad) {
        problems.add("line %d: %s".formatted(number, bad.getMessage()));
      }
    }
    if (labels.isEmpty() && problems.isEmpty()) {
      problems.add("it names no class");
    }
    if (!problems.isEmpty()) {
      throw new DetectorException(
          "%s is no label file (a class a line: its name, or its id, a tab and its name): %s."
              .formatted(source, String.join("; ", problems)));
    }
    return List.copyOf(labels);
  }

  private static boolean isPassedOver(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  private static Label numbered(String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 2 || parts[1].isBlank()) {
      throw new IllegalArgumentException("'" + line + "' is not an id, a tab and a name");
    }
    if (!parts[0].matches("\\d{1,9}")) {
      throw new IllegalArgumentException("'" + parts[0] + "' is no id");
    }
    return new Label(Integer.parseInt(parts[0]), parts[1].strip());
  }
}
