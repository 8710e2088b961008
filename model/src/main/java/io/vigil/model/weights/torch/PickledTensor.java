package io.vigil.model.weights.torch;

import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A tensor as the pickle describes it: a strided view of a storage. Nothing here is true until
 * {@link #problem} has found nothing.
 *
 * @param offset of the first element, in elements
 * @param sizes of the dimensions
 * @param strides of the dimensions, in elements
 */
record PickledTensor(PickledStorage storage, long offset, long[] sizes, long[] strides) {

  /**
   * A member of the archive.
   *
   * @param key its name under {@code data/}
   * @param elements as the pickle claims
   */
  record PickledStorage(ElementType type, String key, long elements) {}

  /** What makes the view impossible, if anything does. */
  Optional<String> problem(ReadLimits limits) {
    if (sizes.length != strides.length) {
      return Optional.of(sizes.length + " sizes but " + strides.length + " strides");
    }
    if (sizes.length > ReadLimits.DIMENSIONS) {
      return Optional.of(sizes.length + " dimensions, more than " + ReadLimits.DIMENSIONS);
    }
    if (offset < 0 || anyNegative(sizes) || anyNegative(strides)) {
      return Optional.of("a negative offset, size or stride");
    }
    try {
      return extentProblem(limits);
    } catch (ArithmeticException overflow) {
      return Optional.of("shape " + shapeText() + " is beyond 64 bits");
    }
  }

  private Optional<String> extentProblem(ReadLimits limits) {
    long elements = elements();
    if (elements > limits.tensorElements() || anyAbove(limits.tensorElements())) {
      return Optional.of(
          "shape %s has %d elements, more than %d"
              .formatted(shapeText(), elements, limits.tensorElements()));
    }
    if (elements > 0 && lastIndex() >= storage.elements) {
      return Optional.of(
          "reaches element %d of a storage of %d".formatted(lastIndex(), storage.elements));
    }
    return Optional.empty();
  }

  private boolean anyAbove(long most) {
    return Arrays.stream(sizes).anyMatch(size -> size > most);
  }

  private static boolean anyNegative(long[] values) {
    return Arrays.stream(values).anyMatch(value -> value < 0);
  }

  private long elements() {
    return Arrays.stream(sizes).anyMatch(size -> size == 0)
        ? 0
        : Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }

  private long lastIndex() {
    long last = offset;
    for (int i = 0; i < sizes.length; i++) {
      last = Math.addExact(last, Math.multiplyExact(sizes[i] - 1, strides[i]));
    }
    return last;
  }

  int[] shape() {
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  private String shapeText() {
    return Arrays.stream(sizes)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Gathers the view, row-major, out of the whole storage. */
  Tensor gather(ByteBuffer bytes) {
    float[] values = new float[(int) elements()];
    long[] index = new long[sizes.length];
    long at = offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = storage.type.read(bytes, (int) at);
      at = step(index, at);
    }
    return new Tensor(shape(), values);
  }

  /** Moves to the next index, last dimension fastest, and returns its place in the storage. */
  private long step(long[] index, long at) {
    long next = at;
    for (int d = sizes.length - 1; d >= 0; d--) {
      next += strides[d];
      if (++index[d] < sizes[d]) {
        return next;
      }
      next -= sizes[d] * strides[d];
      index[d] = 0;
    }
    return next;
  }
}
