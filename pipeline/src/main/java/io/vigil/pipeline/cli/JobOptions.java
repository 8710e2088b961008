package io.vigil.pipeline.cli;

import static java.util.Map.entry;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * The options of a detection job. They are texts here: {@link JobConfig} reads them as it reads a
 * file, so that a rule is written once and all that is wrong is told together.
 */
final class JobOptions {

  /** The key of the configuration that an option stands for. */
  static final Map<String, String> KEYS =
      Map.ofEntries(
          entry("--model", "model.file"),
          entry("--device", "model.device"),
          entry("--threads", "model.threads"),
          entry("--square", "model.square"),
          entry("--batch", "batch.size"),
          entry("--batch-timeout", "batch.timeout"),
          entry("--score", "detection.score"),
          entry("--iou", "detection.iou"),
          entry("--max", "detection.max"),
          entry("--classes", "detection.classes"),
          entry("--convention", "detection.convention"),
          entry("--suppression", "detection.suppression"),
          entry("--sigma", "detection.sigma"),
          entry("--class-agnostic", "detection.class-agnostic"),
          entry("--class-scores", "detection.class-scores"),
          entry("--top-k", "detection.top-k"),
          entry("--start", "source.start"),
          entry("--end", "source.end"),
          entry("--fps", "source.fps"),
          entry("--bootstrap-servers", "kafka.bootstrap-servers"),
          entry("--topic", "kafka.topic"),
          entry("--delivery", "kafka.delivery"),
          entry("--client-config", "kafka.client-config"),
          entry("--parallelism", "parallelism"),
          entry("--checkpoint-interval", "checkpoints.interval"));

  /** The option of a key. */
  static final Map<String, String> OPTIONS =
      KEYS.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /** They may name files, which are the same from wherever a run goes on. */
  private static final Set<String> FILES = Set.of("--model", "--client-config");

  @ArgGroup(exclusive = false, heading = "%nWhat is detected:%n")
  private Detection detection;

  @ArgGroup(exclusive = false, heading = "%nHow outputs become detections:%n")
  private PostProcessingOptions postProcessing;

  @ArgGroup(exclusive = false, heading = "%nWhich part of the video:%n")
  private Part part;

  @ArgGroup(exclusive = false, heading = "%nWhere events go:%n")
  private Kafka kafka;

  @ArgGroup(exclusive = false, heading = "%nHow it runs:%n")
  private Running running;

  static final class Detection {
    @Option(
        names = "--model",
        paramLabel = "MODEL",
        description =
            "A model file (.onnx), or drawn, which knows drawn streets, or d0 to d7x, lite0 to lite4: the weights that were pulled, else untrained (drawn).")
    private String model;

    @Option(
        names = "--score",
        paramLabel = "S",
        description = "Lowest score of a detection that is kept, 0 to 1 (0.3).")
    private String score;

    @Option(
        names = "--classes",
        paramLabel = "NAMES",
        description = "Classes that are kept, such as car,person (all).")
    private String classes;

    @Option(
        names = "--square",
        description = "Pad pictures to a square, as the reference does; slower.")
    private boolean square;
  }

  static final class Part {
    @Option(
        names = "--start",
        paramLabel = "TIME",
        description = "Where in each video to start: 90, 90s, 1m30s or 1:30.")
    private String start;

    @Option(names = "--end", paramLabel = "TIME", description = "Where in each video to stop.")
    private String end;

    @Option(
        names = "--fps",
        paramLabel = "N",
        description = "Most frames a second of video to look at (all).")
    private String fps;
  }

  static final class Kafka {
    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "Kafka brokers; without any, one is started for the time of the run.")
    private String bootstrapServers;

    @Option(names = "--topic", paramLabel = "NAME", description = "Topic of events (vigil-events).")
    private String topic;

    @Option(
        names = "--delivery",
        paramLabel = "GUARANTEE",
        description = "exactly-once or at-least-once (exactly-once).")
    private String delivery;

    @Option(
        names = "--client-config",
        paramLabel = "FILE",
        description = "Properties of the Kafka clients: security.protocol and the like.")
    private String clientConfig;
  }

  static final class Running {
    @Option(
        names = "--device",
        paramLabel = "DEVICE",
        description = "cpu, gpu, or auto: a GPU where there is one (auto).")
    private String device;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Most frames that go through the network at once (4).")
    private String batch;

    @Option(
        names = "--batch-timeout",
        paramLabel = "TIME",
        description = "Longest time that a frame waits for others (50ms).")
    private String batchTimeout;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "Threads of the network on a CPU (every core).")
    private String threads;

    @Option(
        names = "--parallelism",
        paramLabel = "N",
        description = "Videos that are read at once (as many as there are, up to the cores).")
    private String parallelism;

    @Option(
        names = "--checkpoint-interval",
        paramLabel = "TIME",
        description = "How often the position is kept (10s).")
    private String checkpointInterval;
  }

  /** What was given, by key of the configuration. */
  static Map<String, Object> given(ParseResult parsed) {
    var values = new LinkedHashMap<String, Object>();
    parsed.matchedOptions().stream()
        .filter(option -> KEYS.containsKey(option.longestName()))
        .forEach(option -> values.put(KEYS.get(option.longestName()), value(option)));
    return values;
  }

  private static Object value(OptionSpec option) {
    Object value = option.getValue();
    boolean file = FILES.contains(option.longestName()) && Files.isRegularFile(Path.of("" + value));
    return file ? Path.of("" + value).toAbsolutePath().toString() : value;
  }

  /** Reads the values, with their options in messages. */
  static JobConfig read(Map<String, Object> values, List<String> files) {
    var all = new LinkedHashMap<>(values);
    all.put("source.files", files);
    return JobConfig.fromOptions(all, OPTIONS, System.getenv());
  }

  /** As the user wrote it: options in the place of keys. */
  static ConfigException spelled(ConfigException refusal) {
    return new ConfigException(
        "the command line",
        refusal.problems().stream()
            .map(problem -> new Problem(spelled(problem.entry()), problem.rule()))
            .toList());
  }

  private static String spelled(String entry) {
    int end = entry.indexOf(": ");
    var option = end < 0 ? null : OPTIONS.get(entry.substring(0, end));
    return option == null ? entry : option + entry.substring(end + 1);
  }
}
