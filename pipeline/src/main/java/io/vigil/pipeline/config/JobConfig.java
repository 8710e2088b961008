package io.vigil.pipeline.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vigil.connectors.camera.split.CameraDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that a detection job is told, read once: from a YAML file or from the command line.
 *
 * <pre>{@code
 * version: 1
 * source:
 *   files: [/videos]
 * kafka:
 *   bootstrap-servers: localhost:9092
 *   properties:
 *     sasl.jaas.config: ${env:VIGIL_JAAS}
 * }</pre>
 *
 * @param name the prefix of the job's transactions: jobs that write to one topic at the same time
 *     need two, and a job that goes on from a checkpoint the same; also what Flink calls the job
 * @param cameras to be looked at in the place of files
 * @param frames to be read from a topic in the place of files
 * @param camerasFrom where cameras that come and go are named, in the place of those
 * @param parallelism subtasks that read and detect; 0 leaves it to the cluster
 */
public record JobConfig(
    String name,
    SourceConfig source,
    List<CameraDefinition> cameras,
    Optional<FramesConfig> frames,
    Optional<CamerasFromConfig> camerasFrom,
    ModelConfig model,
    BatchConfig batch,
    DetectionConfig detection,
    KafkaConfig kafka,
    CheckpointConfig checkpoints,
    int parallelism) {

  public JobConfig {
    cameras = List.copyOf(cameras);
  }

  /** Whether a job ends when it has seen all; cameras and topics go on. */
  public boolean endsByItself() {
    return !isLive() && frames.isEmpty();
  }

  /** Whether cameras are looked at, which do not end. */
  public boolean isLive() {
    return !cameras.isEmpty() || camerasFrom.isPresent();
  }

  /** The only version of the configuration so far. */
  public static final int VERSION = 1;

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  /**
   * Reads a YAML file.
   *
   * @throws ConfigException with every problem in it
   */
  public static JobConfig fromYaml(Path file, Map<String, String> environment) {
    var tree = parse(file);
    var reading = new Reading(Map.of(), new References(environment));
    if (!tree.containsKey("version")) {
      reading.refuse("version", null, "is missing; write version: " + VERSION);
    }
    return read(file.toString(), tree, reading);
  }

  /**
   * Reads what the command line was told.
   *
   * @param values by path, such as {@code detection.score}
   * @param options the option that each path was given with, such as {@code --score}; used in
   *     messages
   * @throws ConfigException with every problem in it
   */
  public static JobConfig fromOptions(
      Map<String, Object> values, Map<String, String> options, Map<String, String> environment) {
    var tree = tree(values);
    tree.put("version", VERSION);
    return read("the command line", tree, new Reading(options, new References(environment)));
  }

  private static JobConfig read(String origin, Map<String, Object> tree, Reading reading) {
    var root = new Section("", tree, reading);
    root.integer("version", VERSION, VERSION, VERSION, "version of this configuration's keys");
    var name = JobName.read(root);
    var cameras = CamerasConfig.read(root);
    var camerasFrom = CamerasFromConfig.read(root);
    if (camerasFrom.isPresent() && !cameras.isEmpty()) {
      root.refuseUnseen("cameras-from", "takes the place of cameras; name them in one place only");
    }
    boolean live = !cameras.isEmpty() || camerasFrom.isPresent();
    var frames = FramesConfig.read(root);
    if (frames.isPresent() && live) {
      reading.refuse(
          "frames", null, "there are cameras too, and a job looks at one or the other; make two");
    }
    var instead = frames.isPresent() ? "frames" : live ? "cameras" : "";
    var source = SourceConfig.read(root.section("source", "what is looked at"), instead);
    var model = ModelConfig.read(root.section("model", "the network"));
    var batch = BatchConfig.read(root.section("batch", "how frames are gathered"));
    var detection = DetectionConfig.read(root.section("detection", "what counts as a detection"));
    var kafka = KafkaConfig.read(root.section("kafka", "where events go"), delivery(live));
    var config =
        new JobConfig(
            name.orElseGet(
                () -> JobName.of(source, cameras, camerasFrom, frames, model, detection, kafka)),
            source,
            cameras,
            frames,
            camerasFrom,
            model,
            batch,
            detection,
            kafka,
            CheckpointConfig.read(root.section("checkpoints", "how the position is kept")),
            root.integer("parallelism", 0, 0, 1024, "subtasks; 0 leaves it to the cluster"));
    root.refuseUnknown();
    if (!reading.problems().isEmpty()) {
      throw new ConfigException(origin, reading.problems());
    }
    return config;
  }

  /**
   * A file or a topic is read again after a failure, so its events would be there twice. A camera
   * is not: the events since the checkpoint are right, and taking them back would only lose them,
   * and hold each one back until its checkpoint.
   */
  private static KafkaConfig.Delivery delivery(boolean live) {
    return live ? KafkaConfig.Delivery.AT_LEAST_ONCE : KafkaConfig.Delivery.EXACTLY_ONCE;
  }

  private static Map<String, Object> parse(Path file) {
    var mapper = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try {
      var text = Files.readString(file);
      Map<String, Object> tree = text.isBlank() ? null : mapper.readValue(text, TREE);
      return tree == null ? Map.of() : tree;
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      var where = place == null ? "" : ", line " + place.getLineNr();
      throw new ConfigException(
          file + where, List.of(new Problem("not YAML with keys", plainly(e))));
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(),
          List.of(new Problem("cannot be read", "give an existing, readable YAML file")));
    }
  }

  /** What the parser says, without the excerpts that it indents. */
  private static String plainly(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .collect(Collectors.joining(", "));
  }

  /** Sections of paths. */
  static Map<String, Object> tree(Map<String, Object> values) {
    var tree = new LinkedHashMap<String, Object>();
    values.forEach((path, value) -> put(tree, path, value));
    return tree;
  }

  private static void put(Map<String, Object> tree, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      tree.put(path, value);
      return;
    }
    @SuppressWarnings("unchecked") // only this method puts under a path with a dot
    var inner =
        (Map<String, Object>)
            tree.computeIfAbsent(
                path.substring(0, dot), key -> new LinkedHashMap<String, Object>());
    put(inner, path.substring(dot + 1), value);
  }
}
