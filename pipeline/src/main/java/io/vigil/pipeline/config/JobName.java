package io.vigil.pipeline.config;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.model.digest.Sha256;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The name of a job that was given none: of what decides which events it writes, and where. So the
 * same configuration has the same name when it goes on from a checkpoint, also with other batches
 * or on other cores, and one of other videos, another model or other detections has another.
 */
final class JobName {
  private static final int DIGITS = 8;

  private JobName() {}

  static Optional<String> read(Section section) {
    return section
        .text("name", "name of the job, unlike that of any other on its Kafka")
        .filter(name -> accepted(section, name));
  }

  private static boolean accepted(Section section, String name) {
    boolean accepted = name.matches("[\\w.-]{1,100}");
    if (!accepted) {
      section.refuse("name", "a name has 1 to 100 letters, digits, dots, dashes and underscores");
    }
    return accepted;
  }

  static String of(
      SourceConfig source,
      List<CameraDefinition> cameras,
      Optional<CamerasFromConfig> camerasFrom,
      Optional<FramesConfig> frames,
      ModelConfig model,
      DetectionConfig detection,
      KafkaConfig kafka) {
    var files = source.files().stream().map(JobName::absolute).sorted().toList();
    List<Object> deciding =
        List.of(
            frames.isPresent()
                ? List.of("frames", frames.get().topic())
                : looked(files, cameras, camerasFrom),
            source.start(),
            source.end(),
            source.fps(),
            model.file(),
            model.square(),
            detection,
            kafka.topic());
    var masks = source.masks().isEmpty() ? "" : source.masks().toString();
    return "vigil-" + kafka.topic() + "-" + Sha256.of(deciding + masks).substring(0, DIGITS);
  }

  private static List<String> looked(
      List<String> files, List<CameraDefinition> cameras, Optional<CamerasFromConfig> camerasFrom) {
    if (camerasFrom.isPresent()) {
      return List.of(camerasFrom.get().name());
    }
    return cameras.isEmpty() ? files : cameras.stream().map(CameraDefinition::id).toList();
  }

  /** The same relative path is another file in another folder. */
  private static String absolute(String file) {
    try {
      return Path.of(file).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      return file; // is told of where the files are looked for
    }
  }
}
