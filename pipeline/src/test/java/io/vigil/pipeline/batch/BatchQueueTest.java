package io.vigil.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.detect.Candidates;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

  private static final long TIMEOUT = 100;

  private final BatchQueue<String> queue = new BatchQueue<>(TIMEOUT);

  private record Picture(int id, int height, int width) implements InferenceRequest {
    @Override
    public byte[] rgb() {
      throw new UnsupportedOperationException("the queue does not look at pixels");
    }

    @Override
    public void succeeded(Candidates candidates) {}

    @Override
    public void failed(RuntimeException cause) {}
  }

  private void add(String owner, int id, long now) {
    queue.add(owner, new Picture(id, 128, 256), now, 3);
  }

  private List<Integer> take(long now, boolean deviceIdle) {
    return queue.take(now, deviceIdle, 3).stream()
        .map(waiting -> ((Picture) waiting.request()).id())
        .toList();
  }

  @Test
  void aBatchIsTakenWhenItIsFull() {
    add("a", 1, 0);
    add("b", 2, 0);
    assertThat(take(1, true)).isEmpty();
    add("a", 3, 1);
    assertThat(take(1, true)).containsExactly(1, 2, 3);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void theOldestPictureDecidesWhenAPartialBatchIsDue() {
    add("a", 1, 0);
    add("a", 2, 60);
    assertThat(queue.untilDue(60)).isEqualTo(40);
    assertThat(take(99, true)).isEmpty();
    assertThat(take(100, true)).containsExactly(1, 2);
  }

  @Test
  void aPartialBatchGoesOnFillingWhileTheDeviceIsBusy() {
    add("a", 1, 0);
    assertThat(take(500, false)).isEmpty();
    add("a", 2, 500);
    add("a", 3, 500);
    assertThat(take(500, false)).containsExactly(1, 2, 3);
  }

  @Test
  void afterAFlushAPartialBatchIsDueAtOnceAndOnlyThatOne() {
    add("a", 1, 0);
    add("b", 2, 0);
    queue.hurry("a");
    assertThat(queue.untilDue(0)).isZero();
    assertThat(take(0, true)).containsExactly(1, 2);
    add("a", 3, 1);
    assertThat(take(1, true)).isEmpty();
  }

  @Test
  void picturesOfDifferentShapesAreNotBatchedTogether() {
    add("a", 1, 0);
    queue.add("a", new Picture(2, 256, 128), 0, 3);
    add("a", 3, 0);
    add("a", 4, 0);
    assertThat(take(0, true)).containsExactly(1, 3, 4);
    assertThat(take(TIMEOUT, true)).containsExactly(2);
  }

  @Test
  void anOwnerWithMuchWaitingDoesNotKeepAnotherOut() {
    for (int id = 1; id <= 6; id++) {
      add("busy", id, 0);
    }
    add("quiet", 7, 1);
    assertThat(take(1, true)).containsExactly(1, 7, 2);
    assertThat(take(1, true)).containsExactly(3, 4, 5);
  }

  @Test
  void aShapeThatIsAlwaysFullDoesNotOvertakeADuePartialBatch() {
    queue.add("b", new Picture(9, 256, 128), 0, 3);
    for (int id = 1; id <= 6; id++) {
      add("a", id, 50);
    }
    assertThat(take(60, false)).containsExactly(1, 2, 3);
    assertThat(take(TIMEOUT, false)).containsExactly(9);
  }

  @Test
  void whatAnOwnerWithdrawsIsGone() {
    add("a", 1, 0);
    add("b", 2, 0);
    add("a", 3, 0);
    queue.withdraw("a");
    assertThat(take(TIMEOUT, true)).containsExactly(2);
    add("a", 4, 0);
    queue.withdraw("a");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.untilDue(0)).isEqualTo(Long.MAX_VALUE);
  }
}
