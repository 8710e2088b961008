package io.vigil.pipeline.operator;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.function.RunnableWithException;
import org.apache.flink.util.function.ThrowingConsumer;

/** Something that has come in and leaves when all before it have left. */
interface Pending {

  boolean isDone();

  void leave() throws Exception;

  /** Something that waits for nothing but its turn. */
  record Ready(RunnableWithException departure) implements Pending {
    @Override
    public boolean isDone() {
      return true;
    }

    @Override
    public void leave() throws Exception {
      departure.run();
    }
  }

  /** A watermark that gives way to a later one directly behind it, so that few of them wait. */
  final class PendingWatermark implements Pending {
    private final ThrowingConsumer<Watermark, Exception> departure;
    private Watermark latest;

    PendingWatermark(Watermark first, ThrowingConsumer<Watermark, Exception> departure) {
      this.latest = first;
      this.departure = departure;
    }

    void raise(Watermark later) {
      latest = later;
    }

    @Override
    public boolean isDone() {
      return true;
    }

    @Override
    public void leave() throws Exception {
      departure.accept(latest);
    }
  }
}
