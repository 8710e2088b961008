package io.vigil.pipeline.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vigil.connectors.camera.roster.DefinitionReader;
import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.model.runtime.ModelMetadata.Label;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cameras in YAML, of which JSON is a part, with the keys that they have in a job's configuration.
 * Whoever may write one may not thereby read the machine's secrets: {@code ${…}} is not filled in,
 * and credentials are taken from places alone that the job allows.
 */
public final class CameraTexts implements DefinitionReader {

  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARACTERS = 1 << 16;

  private final String origin;
  private final ArrayList<String> allowedCredentials;
  private final ArrayList<String> classes;

  /**
   * @param origin what messages call all of it
   * @param classes that the model knows
   */
  public CameraTexts(String origin, List<String> allowedCredentials, List<String> classes) {
    this.origin = origin;
    this.allowedCredentials = new ArrayList<>(allowedCredentials);
    this.classes = new ArrayList<>(classes);
  }

  @Override
  public Listing many(String text) throws IOException {
    var cameras = new LinkedHashMap<String, CameraDefinition>();
    var refused = new LinkedHashMap<String, Refusal>();
    for (var entry : entries(text)) {
      var id = entry.getKey();
      var listing = read(id, entry.getValue());
      if (cameras.containsKey(id) || refused.containsKey(id)) {
        cameras.remove(id);
        refused.put(id, new Refusal(id, "is there twice; give each camera its own id"));
      } else {
        cameras.putAll(listing.cameras());
        listing.refused().forEach(refusal -> refused.put(id, refusal));
      }
    }
    return new Listing(cameras, List.copyOf(refused.values()));
  }

  @Override
  public Listing one(String cameraId, String text) {
    if (text.length() > MOST_CHARACTERS) {
      return refused(cameraId, "its definition is longer than any camera's");
    }
    try (var parser = new YAMLFactory().createParser(text)) {
      parser.nextToken();
      var tree = YamlTree.next(parser);
      return parser.nextToken() == null
          ? read(cameraId, tree)
          : refused(cameraId, "something follows its definition");
    } catch (IOException e) {
      return refused(cameraId, "its definition is not YAML or JSON with keys" + place(e));
    }
  }

  private static String place(IOException e) {
    boolean known = e instanceof JsonProcessingException json && json.getLocation() != null;
    return known ? ", line " + ((JsonProcessingException) e).getLocation().getLineNr() : "";
  }

  /** In their order, and those that are there twice twice. */
  private List<Map.Entry<String, Object>> entries(String text) throws IOException {
    var entries = new ArrayList<Map.Entry<String, Object>>();
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      var first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        throw new IOException(
            origin
                + ": is empty, and may be half-written; the cameras stay as they are. To take all"
                + " away write {}");
      }
      if (first != JsonToken.START_OBJECT) {
        throw unreadable("; each camera stands below its id");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var id = parser.currentName();
        parser.nextToken();
        entries.add(new java.util.AbstractMap.SimpleImmutableEntry<>(id, YamlTree.next(parser)));
      }
      if (parser.nextToken() != null) {
        throw unreadable(": something follows the cameras");
      }
      return entries;
    } catch (JsonProcessingException e) {
      throw unreadable(place(e));
    }
  }

  private IOException unreadable(String why) {
    return new IOException(
        origin + ": is not YAML or JSON with keys" + why + "; the cameras stay as they are");
  }

  private Listing read(String id, Object tree) {
    if (!(tree instanceof YamlTree.Keys keys)) {
      return refused(id, "its definition must hold keys such as url");
    }
    if (!keys.twice().isEmpty()) {
      return refused(id, String.join(", ", keys.twice()) + ": the key is there twice");
    }
    var reading = new Reading(Map.of(), References.refused());
    var camera = CamerasConfig.camera(id, new Section("", keys.values(), reading));
    var problems = new ArrayList<>(reading.problems());
    checkCredentials(camera, problems);
    var labels = classes.stream().map(name -> new Label(0, name)).toList();
    var names = new ClassNames(labels, problems);
    camera.settings().classes().forEach(name -> names.indices("classes", name));
    return problems.isEmpty()
        ? new Listing(Map.of(id, camera), List.of())
        : refused(id, problems.stream().map(CameraTexts::text).collect(Collectors.joining("; ")));
  }

  private static String text(Problem problem) {
    return problem.entry().isEmpty() ? problem.rule() : problem.toString();
  }

  private static Listing refused(String id, String reason) {
    return new Listing(Map.of(), List.of(new Refusal(id, reason)));
  }

  private void checkCredentials(CameraDefinition camera, List<Problem> problems) {
    var reference = camera.credentials();
    if (!reference.isEmpty() && allowedCredentials.stream().noneMatch(a -> allows(a, reference))) {
      problems.add(
          new Problem(
              "credentials",
              "this reference is none that cameras from "
                  + origin
                  + " may name; allow it under cameras-from.credentials"));
    }
  }

  private static boolean allows(String allowed, String reference) {
    var plain =
        reference.startsWith("file:") ? "file:" + normal(reference.substring(5)) : reference;
    return allowed.endsWith("*")
        ? plain.startsWith(allowed.substring(0, allowed.length() - 1))
        : plain.equals(allowed);
  }

  /** Without {@code ..}, by which one would leave an allowed folder. */
  private static String normal(String path) {
    return Path.of(path).normalize().toString();
  }
}
