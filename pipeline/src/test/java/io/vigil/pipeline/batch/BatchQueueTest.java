package io.vigil.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.detect.Candidates;
import java.util.List;
import java.util.TreeMap;
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

  /** A picture that gives way to a later one of its stream. */
  private record Live(String stream, int id) implements InferenceRequest {
    @Override
    public boolean isPerishable() {
      return true;
    }

    @Override
    public byte[] rgb() {
      throw new UnsupportedOperationException("the queue does not look at pixels");
    }

    @Override
    public int height() {
      return 128;
    }

    @Override
    public int width() {
      return 256;
    }

    @Override
    public void succeeded(Candidates candidates) {}

    @Override
    public void failed(RuntimeException cause) {}
  }

  private InferenceRequest addLive(String stream, int id, long now) {
    return queue.add("owner", new Live(stream, id), now, 3).superseded();
  }

  private List<Integer> takeLive(long now) {
    return queue.take(now, true, 3).stream()
        .map(waiting -> ((Live) waiting.request()).id())
        .toList();
  }

  @Test
  void noPictureGivesWayWhileTheNextBatchHasRoom() {
    assertThat(addLive("a", 1, 0)).isNull();
    assertThat(addLive("a", 2, 1)).isNull();
    assertThat(addLive("a", 3, 2)).isNull();
    assertThat(takeLive(3)).containsExactly(1, 2, 3);
  }

  @Test
  void behindAFullBatchAStreamsOldestPictureGivesWayToItsLatest() {
    addLive("a", 1, 0);
    addLive("b", 2, 0);
    addLive("a", 3, 1);
    assertThat(addLive("a", 4, 2)).isEqualTo(new Live("a", 1));
    assertThat(addLive("c", 5, 2)).as("a stream without a picture is let in").isNull();
    assertThat(addLive("b", 6, 3)).isEqualTo(new Live("b", 2));
    assertThat(takeLive(3)).as("one of each stream, in turn").containsExactly(3, 6, 5);
    assertThat(takeLive(3 + TIMEOUT)).containsExactly(4);
  }

  @Test
  void streamsGetTheSameShareWhateverTheirRateAndASlowOneGetsAllItOffers() {
    int id = 0;
    var served = new TreeMap<String, Integer>();
    var streams = List.of("slow", "b", "c", "d", "e", "f", "g");
    for (int round = 0; round < 70; round++) {
      for (var stream : streams) {
        boolean comes = !stream.equals("slow") || round % 3 == 0;
        for (int frame = 0; comes && frame < (stream.equals("g") ? 5 : 2); frame++) {
          addLive(stream, id++, round);
        }
      }
      queue
          .take(round, true, 3)
          .forEach(waiting -> served.merge(waiting.request().stream(), 1, Integer::sum));
    }
    assertThat(served.remove("slow")).as("all it offered: %s", served).isGreaterThanOrEqualTo(24);
    assertThat(served.values()).as("served: %s", served).allMatch(count -> count >= 30);
  }

  @Test
  void theWaitOfAReplacedPictureCountsForItsGroup() {
    addLive("a", 1, 0);
    addLive("b", 2, 0);
    addLive("c", 3, 0);
    for (var stream : List.of("a", "b", "c")) {
      assertThat(addLive(stream, 4, 50)).isNotNull();
    }
    queue.add("owner", new Picture(9, 256, 128), 10, 3);
    queue.add("owner", new Picture(10, 256, 128), 10, 3);
    queue.add("owner", new Picture(11, 256, 128), 10, 3);
    assertThat(queue.take(60, true, 3)).allMatch(waiting -> waiting.request() instanceof Live);
  }

  @Test
  void perishablePicturesAreNotTakenForABusyDeviceToGrowOldBeforeIt() {
    addLive("a", 1, 0);
    addLive("a", 2, 1);
    addLive("b", 3, 1);
    assertThat(queue.take(2, false, 3)).isEmpty();
    addLive("c", 4, 2);
    addLive("a", 5, 3);
    assertThat(takeLive(4)).containsExactly(2, 3, 4);
  }

  @Test
  void aFlushWaitsForNoMoreThanABatchOfPerishablePictures() {
    for (int id = 0; id < 7; id++) {
      addLive("stream-" + id, id, id);
    }
    queue.add("other", new Live("x", 100), 8, 3);
    queue.add("owner", new Picture(9, 128, 256), 9, 3);
    var superseded = queue.shorten("owner", 3);
    assertThat(superseded).extracting(request -> ((Live) request).id()).containsOnly(2, 3, 4, 5, 6);
    queue.hurry("owner");
    assertThat(queue.take(9, true, 8)).hasSize(4);
  }
}
