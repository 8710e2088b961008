package io.vigil.model.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reference files of a folder that is not in the repository.
 *
 * @param references outputs of a network
 * @param keyMaps names and shapes of a network's tensors, by file name
 * @param others files of other kinds, which have tests of their own
 */
record GoldenFolder(
    Path path, List<ReferenceFile> references, Map<String, JsonNode> keyMaps, List<String> others) {

  /**
   * @throws IllegalArgumentException if there is no such folder
   */
  static GoldenFolder read(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("golden.dir " + path + " is no folder.");
    }
    var folder = new GoldenFolder(path, new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
    try (var files = Files.list(path)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        folder.add(file);
      }
    }
    return folder;
  }

  private void add(Path file) throws IOException {
    var name = file.getFileName().toString();
    var json = name.endsWith(".json") ? new ObjectMapper().readTree(file.toFile()) : null;
    if (json != null && ReferenceFile.isOne(json)) {
      references.add(new ReferenceFile(name, json));
    } else if (json != null && KeyMap.isOne(json)) {
      keyMaps.put(name, json);
    } else {
      others.add(name);
    }
  }

  boolean isEmpty() {
    return references.isEmpty() && keyMaps.isEmpty();
  }

  String summary() {
    return "golden.dir %s: %d files of network outputs and %d key maps read, %d of other kinds passed over %s"
        .formatted(path, references.size(), keyMaps.size(), others.size(), others);
  }
}
