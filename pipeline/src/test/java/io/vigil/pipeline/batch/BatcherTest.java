package io.vigil.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.detect.Candidates;
import io.vigil.model.runtime.DetectorException;
import io.vigil.model.runtime.DeviceOutOfMemoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTest {

  private static final Duration NEVER = Duration.ofHours(1);

  private final List<Batcher> batchers = new ArrayList<>();
  private final Answers answers = new Answers();

  /** What an owner is told. */
  private static final class Answers implements BatchListener {
    final BlockingQueue<BatchReport> reports = new LinkedBlockingQueue<>();
    final CompletableFuture<RuntimeException> broken = new CompletableFuture<>();

    @Override
    public void answered(BatchReport report) {
      reports.add(report);
    }

    @Override
    public void broken(RuntimeException cause) {
      broken.complete(cause);
    }
  }

  /** A picture whose first byte is its name; the answer is the class that the device gave it. */
  private static final class Picture implements InferenceRequest {
    final CompletableFuture<Integer> answer = new CompletableFuture<>();
    private final byte[] rgb;
    private final int height;
    private final int width;
    private volatile int answers;

    Picture(int name, int height, int width) {
      this.rgb = new byte[height * width * 3];
      this.rgb[0] = (byte) name;
      this.height = height;
      this.width = width;
    }

    @Override
    public byte[] rgb() {
      return rgb;
    }

    @Override
    public int height() {
      return height;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public void succeeded(Candidates candidates) {
      answers++;
      answer.complete(candidates.classes()[0]);
    }

    @Override
    public void failed(RuntimeException cause) {
      answers++;
      answer.completeExceptionally(cause);
    }

    int get() throws Exception {
      return answer.get(20, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void closeBatchers() {
    batchers.forEach(Batcher::close);
  }

  private Batcher batcher(FakeDetector detector, int size, Duration timeout) {
    return batcher(detector, BatchSettings.of(size, timeout));
  }

  private Batcher batcher(FakeDetector detector, BatchSettings settings) {
    var batcher = new Batcher(detector, settings);
    batchers.add(batcher);
    return batcher;
  }

  private static List<Picture> submit(Batcher.Owner owner, int... names) {
    var pictures = IntStream.of(names).mapToObj(name -> new Picture(name, 2, 4)).toList();
    pictures.forEach(owner::submit);
    return pictures;
  }

  private static void assertAnswered(List<Picture> pictures, int... names) throws Exception {
    for (int i = 0; i < names.length; i++) {
      assertThat(pictures.get(i).get()).isEqualTo(names[i]);
      assertThat(pictures.get(i).answers).isEqualTo(1);
    }
  }

  @Test
  void aBatchIsFilledFromAllOwnersAndEachGetsItsOwnAnswers() throws Exception {
    var detector = new FakeDetector();
    var batcher = batcher(detector, 4, NEVER);
    var others = new Answers();
    var first = batcher.register(answers);
    var second = batcher.register(others);
    var ofFirst = submit(first, 1, 2, 3);
    var ofSecond = submit(second, 4);
    assertAnswered(ofFirst, 1, 2, 3);
    assertAnswered(ofSecond, 4);
    assertThat(detector.calls).hasSize(1);
    assertThat(detector.calls.get(0).pictures()).containsExactly(1, 4, 2, 3);
    assertThat(answers.reports.take().frames()).isEqualTo(3);
    var report = others.reports.take();
    assertThat(report.frames()).isEqualTo(1);
    assertThat(report.batchFrames()).isEqualTo(4);
  }

  @Test
  void aPartialBatchRunsWhenItsTimeIsUp() throws Exception {
    var detector = new FakeDetector();
    var owner = batcher(detector, 4, Duration.ofMillis(5)).register(answers);
    assertAnswered(submit(owner, 1, 2), 1, 2);
  }

  @Test
  void aPartialBatchWaitsForNeitherTimeNorCompanyAfterAFlush() throws Exception {
    var detector = new FakeDetector();
    var owner = batcher(detector, 4, NEVER).register(answers);
    var pictures = submit(owner, 1, 2);
    assertThat(detector.calls).isEmpty();
    owner.flush();
    assertAnswered(pictures, 1, 2);
  }

  @Test
  void theNextBatchIsOnItsWayWhileTheDeviceIsBusy() throws Exception {
    var device = new Semaphore(0);
    var detector = new FakeDetector(call -> device.acquireUninterruptibly());
    var settings = new BatchSettings(1, NEVER, 2, 2, false);
    var owner = batcher(detector, settings).register(answers);
    var pictures = submit(owner, 1, 2);
    while (detector.calls.size() < 2) {
      Thread.onSpinWait();
    }
    device.release(2);
    assertAnswered(pictures, 1, 2);
  }

  @Test
  void aDeviceThatRunsOneBatchAtATimeIsNeverGivenTwo() throws Exception {
    var inside = new Semaphore(1);
    var detector =
        new FakeDetector(
            call -> {
              if (!inside.tryAcquire()) {
                throw new DetectorException("two at a time");
              }
              Thread.yield();
              inside.release();
            });
    var owner = batcher(detector, 2, NEVER).register(answers);
    var names = IntStream.rangeClosed(1, 100).toArray();
    assertAnswered(submit(owner, names), names);
  }

  @Test
  void onePoisonedPictureFailsAlone() throws Exception {
    var detector = FakeDetector.poisonedBy(2);
    var owner = batcher(detector, 4, NEVER).register(answers);
    var pictures = submit(owner, 1, 2, 3, 4);
    assertAnswered(List.of(pictures.get(0), pictures.get(2), pictures.get(3)), 1, 3, 4);
    assertThatThrownBy(pictures.get(1)::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("a picture is poisoned");
    assertThat(pictures.get(1).answers).isEqualTo(1);
  }

  @Test
  void aBatchThatTheDeviceHasNoMemoryForIsHalvedAndStaysSo() throws Exception {
    var detector =
        new FakeDetector(
            call -> {
              if (call.pictures().size() > 2) {
                throw new DeviceOutOfMemoryException("no memory", null);
              }
            });
    var owner = batcher(detector, 8, NEVER).register(answers);
    assertAnswered(submit(owner, 1, 2, 3, 4, 5, 6, 7, 8), 1, 2, 3, 4, 5, 6, 7, 8);
    answers.reports.take();
    detector.calls.clear();
    assertAnswered(submit(owner, 9, 10, 11, 12), 9, 10, 11, 12);
    assertThat(detector.calls).allSatisfy(call -> assertThat(call.pictures()).hasSize(2));
  }

  @Test
  void aDetectorThatFailsEveryPictureBreaksTheBatcherForAllOwners() throws Exception {
    var detector =
        new FakeDetector(
            call -> {
              throw new DetectorException("the device fell off the bus");
            });
    var batcher = batcher(detector, 8, NEVER);
    var others = new Answers();
    batcher.register(others);
    var owner = batcher.register(answers);
    submit(owner, IntStream.rangeClosed(1, 16).toArray());
    var expected =
        "Inference failed on 16 pictures in a row, with no success between, so it is the model or"
            + " the device that is broken, not a picture. The job stops rather than pass over every"
            + " frame; mend the cause and start it again. The last failure: the device fell off"
            + " the bus";
    assertThat(answers.broken.get(20, TimeUnit.SECONDS)).hasMessage(expected);
    assertThat(others.broken.get(20, TimeUnit.SECONDS)).hasMessage(expected);
    assertThat(batcher.isBroken()).isTrue();
    assertThatThrownBy(() -> submit(owner, 1)).hasMessage(expected);
  }

  @Test
  void failuresWithSuccessesBetweenDoNotBreakTheBatcher() throws Exception {
    var names = IntStream.rangeClosed(1, 60).toArray();
    var poisoned = IntStream.of(names).filter(name -> name % 3 != 0).boxed().toList();
    var detector = FakeDetector.poisonedBy(poisoned.toArray(Integer[]::new));
    var batcher = batcher(detector, new BatchSettings(8, NEVER, 1, 1, false));
    var owner = batcher.register(answers);
    var pictures = submit(owner, names);
    owner.flush();
    for (int name : names) {
      var answer = pictures.get(name - 1).answer;
      assertThat(answer.handle((value, failure) -> failure == null).get(20, TimeUnit.SECONDS))
          .isEqualTo(name % 3 == 0);
    }
    assertThat(batcher.isBroken()).isFalse();
  }

  @Test
  void aClosingOwnerWithdrawsItsPicturesAndLeavesOthersAlone() throws Exception {
    var detector = new FakeDetector();
    var batcher = batcher(detector, 3, NEVER);
    var leaving = batcher.register(new Answers());
    var staying = batcher.register(answers);
    var withdrawn = submit(leaving, 1, 2);
    leaving.close();
    assertAnswered(submit(staying, 3, 4, 5), 3, 4, 5);
    assertThat(detector.calls).hasSize(1);
    assertThat(withdrawn).allSatisfy(picture -> assertThat(picture.answers).isZero());
  }

  @Test
  void closingWaitsForTheBatchOnTheDevice() throws Exception {
    var device = new Semaphore(0);
    var detector = new FakeDetector(call -> device.acquireUninterruptibly());
    var batcher = batcher(detector, 1, NEVER);
    var pictures = submit(batcher.register(answers), 1);
    while (detector.calls.isEmpty()) {
      Thread.onSpinWait();
    }
    var closing = CompletableFuture.runAsync(batcher::close);
    assertThat(closing).isNotDone();
    device.release();
    closing.get(20, TimeUnit.SECONDS);
    assertAnswered(pictures, 1);
  }

  @Test
  void aPaddedBatchIsAlwaysOfTheFullSize() throws Exception {
    var detector = new FakeDetector();
    var owner = batcher(detector, new BatchSettings(4, NEVER, 2, 1, true)).register(answers);
    var pictures = submit(owner, 1, 2);
    owner.flush();
    assertAnswered(pictures, 1, 2);
    assertThat(detector.calls.get(0).pictures()).hasSize(4);
  }

  private static FakeDetector withMemoryFor(int pictures) {
    return new FakeDetector(
        call -> {
          if (call.pictures().size() > pictures) {
            throw new DeviceOutOfMemoryException("no memory", null);
          }
        });
  }

  private static List<Integer> sizes(FakeDetector detector) {
    return detector.calls.stream().map(call -> call.pictures().size()).toList();
  }

  @Test
  void aPaddedBatchThatTheDeviceHasNoMemoryForIsHalvedToOneSizeForAll() throws Exception {
    var detector = withMemoryFor(4);
    var settings = BatchSettings.of(8, NEVER).withPadded(true);
    var owner = batcher(detector, settings).register(answers);
    var partial = submit(owner, 1, 2, 3);
    owner.flush();
    assertAnswered(partial, 1, 2, 3);
    assertAnswered(submit(owner, 4, 5, 6, 7), 4, 5, 6, 7);
    var last = submit(owner, 8);
    owner.flush();
    assertAnswered(last, 8);
    assertThat(sizes(detector)).containsExactly(8, 4, 4, 4);
  }

  @Test
  void onePictureIsNotFailedForTheMemoryOfItsPadding() throws Exception {
    var detector = withMemoryFor(1);
    var settings = BatchSettings.of(8, NEVER).withPadded(true);
    var owner = batcher(detector, settings).register(answers);
    var picture = submit(owner, 1);
    owner.flush();
    assertAnswered(picture, 1);
    assertAnswered(submit(owner, 2), 2);
    assertThat(sizes(detector)).containsExactly(8, 4, 2, 1, 1);
  }

  @Test
  void aBatchThatWasClosedBeforeTheHalvingIsCutToo() throws Exception {
    var device = new Semaphore(0);
    var detector =
        new FakeDetector(
            call -> {
              device.acquireUninterruptibly();
              if (call.pictures().size() > 4) {
                throw new DeviceOutOfMemoryException("no memory", null);
              }
            });
    var settings = BatchSettings.of(8, NEVER).withPadded(true);
    var owner = batcher(detector, settings).register(answers);
    var names = IntStream.rangeClosed(1, 16).toArray();
    var pictures = submit(owner, names);
    device.release(100);
    assertAnswered(pictures, names);
    assertThat(sizes(detector)).contains(8).filteredOn(size -> size == 4).hasSize(4);
    assertThat(sizes(detector)).containsOnly(8, 4);
  }

  @Test
  void manyPicturesOfManyOwnersAreAnsweredOnceEachAndByTheirOwnPixels() throws Exception {
    var detector = FakeDetector.poisonedBy(77);
    var batcher = batcher(detector, 3, Duration.ofMillis(1));
    var names = IntStream.rangeClosed(1, 120).filter(name -> name != 77).toArray();
    var threads =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> register(batcher, names)))
            .toList();
    for (var thread : threads) {
      assertAnswered(thread.get(20, TimeUnit.SECONDS), names);
    }
  }

  private static List<Picture> register(Batcher batcher, int[] names) {
    var owner = batcher.register(new Answers());
    var poison = submit(owner, 77);
    var pictures = submit(owner, names);
    assertThat(poison.get(0).answer).failsWithin(Duration.ofSeconds(20));
    return pictures;
  }
}
