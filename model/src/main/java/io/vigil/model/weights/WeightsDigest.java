package io.vigil.model.weights;

import io.vigil.model.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Tells whether two sets of weights are the same, whatever file, family or element order they came
 * in: the SHA-256, by canonical name in order, of the name in UTF-8 and a zero byte, the number of
 * dimensions, the dimensions, and the values; numbers are 32-bit little-endian.
 */
public final class WeightsDigest {
  private WeightsDigest() {}

  /** The digest in hex. */
  public static String of(Collection<ParameterSpec> parameters, Weights weights) {
    MessageDigest sha256 = Sha256.start();
    List<ParameterSpec> sorted =
        parameters.stream().sorted(Comparator.comparing(ParameterSpec::name)).toList();
    for (ParameterSpec parameter : sorted) {
      add(sha256, parameter.name(), weights.tensor(parameter.name()));
    }
    return Sha256.hex(sha256);
  }

  private static void add(MessageDigest sha256, String name, Tensor tensor) {
    sha256.update(name.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    int numbers = 1 + tensor.shape().length + tensor.values().length;
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(tensor.shape().length);
    for (int size : tensor.shape()) {
      bytes.putInt(size);
    }
    for (float value : tensor.values()) {
      bytes.putInt(Float.floatToRawIntBits(value));
    }
    sha256.update(bytes.flip());
  }
}
