package io.vigil.model.weights;

import io.vigil.model.weights.safetensors.SafetensorsFile;
import io.vigil.model.weights.tensorflow.CheckpointArchive;
import io.vigil.model.weights.tensorflow.TensorFlowCheckpoint;
import io.vigil.model.weights.torch.StateDictFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens weights in whatever format they are, which its first bytes tell, or its being a
 * checkpoint's folder, prefix, file or archive.
 */
public final class WeightsFile {
  private static final int START_BYTES = 64;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private WeightsFile() {}

  /**
   * @throws WeightsException if the file cannot be read or is in no format that is known
   */
  public static TensorFile open(Path path) {
    Optional<Path> checkpoint = TensorFlowCheckpoint.prefix(path);
    if (checkpoint.isPresent()) {
      return TensorFlowCheckpoint.open(checkpoint.get());
    }
    byte[] start = start(path);
    if (start.length > 1 && start[0] == GZIP[0] && start[1] == GZIP[1]) {
      return CheckpointArchive.open(path);
    }
    boolean named = path.toString().endsWith(".safetensors") && start.length > 0;
    return named || SafetensorsFile.beginsLikeOne(start)
        ? SafetensorsFile.open(path)
        : StateDictFile.open(path);
  }

  /** Of what is no file nothing, which is told of when it is opened. */
  private static byte[] start(Path path) {
    if (!Files.isRegularFile(path)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(START_BYTES);
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be read: %s".formatted(path, failure.getMessage()), failure);
    }
  }
}
