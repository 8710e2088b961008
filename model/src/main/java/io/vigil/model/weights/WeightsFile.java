package io.vigil.model.weights;

import io.vigil.model.weights.safetensors.SafetensorsFile;
import io.vigil.model.weights.torch.StateDictFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens weights in whatever format they are, which is told by the file's first bytes. */
public final class WeightsFile {
  private static final int START_BYTES = 64;

  private WeightsFile() {}

  /**
   * @throws WeightsException if the file cannot be read or is in no format that is known
   */
  public static TensorFile open(Path path) {
    return isSafetensors(path) ? SafetensorsFile.open(path) : StateDictFile.open(path);
  }

  private static boolean isSafetensors(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(START_BYTES);
      boolean named = path.toString().endsWith(".safetensors");
      return SafetensorsFile.beginsLikeOne(start) || named && start.length > 0;
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be read: %s".formatted(path, failure.getMessage()), failure);
    }
  }
}
