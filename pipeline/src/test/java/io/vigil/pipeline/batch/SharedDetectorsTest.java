package io.vigil.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedDetectorsTest {

  private static final BatchSettings SETTINGS = BatchSettings.of(1, Duration.ZERO);

  private final SharedDetectors detectors = new SharedDetectors();
  private final List<FakeDetector> opened = new ArrayList<>();

  private static final class Listener implements BatchListener {
    volatile boolean broken;

    @Override
    public void answered(BatchReport report) {}

    @Override
    public void broken(RuntimeException cause) {
      broken = true;
    }
  }

  private Detector open() {
    opened.add(new FakeDetector());
    return opened.get(opened.size() - 1);
  }

  @Test
  void equalFactoriesAndSettingsShareADetectorUntilTheLastIsClosed() {
    DetectorFactory factory = this::open;
    var first = detectors.acquire(factory, SETTINGS);
    var second = detectors.acquire(factory, BatchSettings.of(1, Duration.ZERO));
    assertThat(second.batcher()).isSameAs(first.batcher());
    first.close();
    first.close();
    assertThat(opened.get(0).isClosed()).isFalse();
    second.close();
    assertThat(opened.get(0).isClosed()).isTrue();
    assertThat(detectors.openCount()).isZero();
  }

  @Test
  void otherSettingsHaveADetectorOfTheirOwn() {
    DetectorFactory factory = this::open;
    try (var first = detectors.acquire(factory, SETTINGS);
        var second = detectors.acquire(factory, BatchSettings.of(2, Duration.ZERO))) {
      assertThat(second.batcher()).isNotSameAs(first.batcher());
      assertThat(detectors.openCount()).isEqualTo(2);
    }
  }

  @Test
  void sharesAreSpreadOverDevices() {
    DetectorFactory one = this::open;
    DetectorFactory other = this::open;
    var shares =
        IntStream.range(0, 4)
            .mapToObj(i -> detectors.acquire(List.of(one, other), SETTINGS))
            .toList();
    assertThat(detectors.openCount()).isEqualTo(2);
    shares.get(1).close();
    shares.get(3).close();
    assertThat(opened.get(1).isClosed()).as("both of the second device").isTrue();
    assertThat(opened.get(0).isClosed()).isFalse();
    shares.forEach(SharedDetectors.Share::close);
    assertThat(detectors.openCount()).isZero();
  }

  @Test
  void aJobThatIsRestartedAHundredTimesLeavesNothingOpen() {
    DetectorFactory factory = this::open;
    for (int restart = 0; restart < 100; restart++) {
      var shares = IntStream.range(0, 3).mapToObj(i -> detectors.acquire(factory, SETTINGS));
      shares.toList().forEach(SharedDetectors.Share::close);
    }
    assertThat(detectors.openCount()).isZero();
    assertThat(opened).hasSize(100).allMatch(FakeDetector::isClosed);
    assertThat(inferenceThreads()).isZero();
  }

  private static long inferenceThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vigil-inference"))
        .count();
  }

  @Test
  void aBrokenDetectorIsNotGivenToTheRestartedJob() {
    DetectorFactory factory =
        () -> {
          var fails = opened.isEmpty();
          opened.add(
              new FakeDetector(
                  call -> {
                    if (fails) {
                      throw new AssertionError("the driver is gone");
                    }
                  }));
          return opened.get(opened.size() - 1);
        };
    var broken = detectors.acquire(factory, SETTINGS);
    breakDown(broken.batcher());
    var restarted = detectors.acquire(factory, SETTINGS);
    assertThat(restarted.batcher().isBroken()).isFalse();
    broken.close();
    assertThat(opened.get(1).isClosed()).isFalse();
    restarted.close();
    assertThat(detectors.openCount()).isZero();
    assertThat(opened).allMatch(FakeDetector::isClosed);
  }

  private static void breakDown(Batcher batcher) {
    var listener = new Listener();
    var picture = new OnePixel();
    batcher.register(listener).submit(picture);
    while (!listener.broken) {
      Thread.onSpinWait();
    }
  }

  private record OnePixel() implements InferenceRequest {
    @Override
    public byte[] rgb() {
      return new byte[3];
    }

    @Override
    public int height() {
      return 1;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void succeeded(io.vigil.model.detect.Candidates candidates) {}

    @Override
    public void failed(RuntimeException cause) {}
  }

  @Test
  void aDetectorThatCannotBeOpenedIsNotCounted() {
    DetectorFactory factory =
        () -> {
          throw new DetectorException("no such model");
        };
    assertThatThrownBy(() -> detectors.acquire(factory, SETTINGS)).hasMessage("no such model");
    assertThat(detectors.openCount()).isZero();
  }
}
