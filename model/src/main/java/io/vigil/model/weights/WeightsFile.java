package io.vigil.model.weights;

import io.vigil.model.weights.safetensors.SafetensorsFile;
import io.vigil.model.weights.tensorflow.TensorFlowCheckpoint;
import io.vigil.model.weights.torch.StateDictFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens weights in whatever format they are, which its first bytes tell, or its being a
 * checkpoint's folder, prefix or file.
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
    return isSafetensors(path) ? SafetensorsFile.open(path) : StateDictFile.open(path);
  }

  private static boolean isSafetensors(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(START_BYTES);
      if (start.length > 1 && start[0] == GZIP[0] && start[1] == GZIP[1]) {
        throw new WeightsException(
            "%s is an archive: unpack it (tar xzf) and name the folder that comes out of it."
                .formatted(path));
      }
      boolean named = path.toString().endsWith(".safetensors");
      return SafetensorsFile.beginsLikeOne(start) || named && start.length > 0;
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be read: %s".formatted(path, failure.getMessage()), failure);
    }
  }
}
