package io.vigil.pipeline.batch;

import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.ModelMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A device that answers each picture with its first byte as the class of its one candidate, and
 * lets a test hold up or fail a call.
 */
final class FakeDetector implements Detector {

  /** One call; pictures are known by their first byte. */
  record Call(List<Integer> pictures, int height, int width) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Consumer<Call> device;
  private volatile boolean closed;

  FakeDetector() {
    this(call -> {});
  }

  /**
   * @param device called with every call before it is answered; may block or throw
   */
  FakeDetector(Consumer<Call> device) {
    this.device = device;
  }

  /** Fails every call in which one of these pictures is. */
  static FakeDetector poisonedBy(Integer... pictures) {
    return new FakeDetector(
        call -> {
          if (call.pictures().stream().anyMatch(List.of(pictures)::contains)) {
            throw new DetectorException("a picture is poisoned");
          }
        });
  }

  @Override
  public ModelMetadata model() {
    return null;
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    if (!images.isDirect() || images.remaining() != count * height * width * 3) {
      throw new AssertionError("not a direct buffer of [count, height, width, 3]");
    }
    if (closed) {
      throw new AssertionError("used after it was closed");
    }
    var pictures =
        IntStream.range(0, count).mapToObj(i -> (int) images.get(i * height * width * 3)).toList();
    var call = new Call(pictures, height, width);
    calls.add(call);
    device.accept(call);
    var results = new ArrayList<Candidates>();
    pictures.forEach(picture -> results.add(candidate(picture)));
    return results;
  }

  private static Candidates candidate(int picture) {
    return new Candidates(new float[1], new int[] {picture}, new int[1], new float[4]);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
