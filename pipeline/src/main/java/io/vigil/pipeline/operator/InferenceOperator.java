package io.vigil.pipeline.operator;

import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.split.FrameReasons;
import io.vigil.events.Event;
import io.vigil.events.FailedFrame;
import io.vigil.model.runtime.DeviceUnavailableException;
import io.vigil.pipeline.batch.BatchListener;
import io.vigil.pipeline.batch.BatchReport;
import io.vigil.pipeline.batch.Batcher;
import io.vigil.pipeline.batch.SharedDetectors;
import io.vigil.pipeline.metrics.InferenceMetrics;
import io.vigil.pipeline.operator.Pending.PendingWatermark;
import io.vigil.pipeline.operator.Pending.Ready;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Frames in, events out, in the order of their coming. Frames go to the batcher that the task
 * manager's subtasks share; whatever comes in waits in one queue until all before it have left, so
 * no watermark overtakes a frame. When the queue is full the task's thread works through its
 * mailbox, where answers arrive, and takes in nothing more. Perishable frames are always taken in:
 * those that the device has no time for give way to later ones of their stream, and are counted.
 *
 * <p>No frame is ever in a checkpoint: before the barrier goes on, every frame in hand is finished.
 * The state is the ledger alone.
 */
final class InferenceOperator extends AbstractStreamOperator<Event>
    implements OneInputStreamOperator<VideoRecord, Event> {
  private static final long serialVersionUID = 1L;

  static final String LEDGER_STATE = "ledger";

  /** Places in the queue, nearly all of frames that gave way, behind a device that hangs. */
  private static final int MOST_WAITING = 10_000;

  private final transient InferenceSettings settings;
  private final transient MailboxExecutor mailbox;
  private final transient ArrayDeque<Pending> queue = new ArrayDeque<>();
  private final transient Ledgers ledgers = new Ledgers();
  private transient ListState<LedgerEntry> ledgerState;
  private transient SharedDetectors.Share share;
  private transient Batcher.Owner batches;
  private transient FrameEvents events;
  private transient InferenceMetrics inferenceMetrics;
  private transient int lastingFrames;

  InferenceOperator(
      StreamOperatorParameters<Event> parameters,
      InferenceSettings settings,
      MailboxExecutor mailbox) {
    super(parameters);
    this.settings = settings;
    this.mailbox = mailbox;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var bytes = new ListStateDescriptor<>(LEDGER_STATE, BytePrimitiveArraySerializer.INSTANCE);
    ledgerState =
        new SimpleVersionedListState<>(
            context.getOperatorStateStore().getUnionListState(bytes), new LedgerSerializer());
    ledgers.restore(ledgerState.get());
  }

  @Override
  public void open() throws Exception {
    super.open();
    inferenceMetrics = new InferenceMetrics(getMetricGroup(), settings.batch().size(), queue::size);
    share = acquire();
    share.batcher().deviceMemory().ifPresent(memory -> inferenceMetrics.tell(memory));
    events = new FrameEvents(share.batcher().model(), settings.detection());
    batches = share.batcher().register(new Answers());
  }

  /** A device that is not there is not there at the next try either: the job fails for good. */
  private SharedDetectors.Share acquire() {
    var devices = settings.detector().onAssigned(AssignedGpus.of(getRuntimeContext()));
    try {
      return SharedDetectors.ofProcess().acquire(devices, settings.batch());
    } catch (DeviceUnavailableException e) {
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public void processElement(StreamRecord<VideoRecord> element) throws Exception {
    var record = element.getValue();
    var stamp = stamp(element);
    if (record instanceof VideoFrame frame) {
      takeIn(frame, stamp);
    } else if (record instanceof FrameFailure failure) {
      enqueue(new Ready(() -> send(events.failed(failure), stamp)));
    } else if (record instanceof StreamNotice notice) {
      enqueue(new Ready(() -> tell(notice, stamp)));
    }
  }

  /** Upstream may use the element again. */
  private static StreamRecord<Event> stamp(StreamRecord<VideoRecord> element) {
    var stamp = new StreamRecord<Event>(null);
    if (element.hasTimestamp()) {
      stamp.setTimestamp(element.getTimestamp());
    }
    return stamp;
  }

  private void takeIn(VideoFrame frame, StreamRecord<Event> stamp) throws Exception {
    while (!hasRoom(frame)) {
      mailbox.yield();
    }
    inferenceMetrics.frameArrived(frame);
    var pending = new PendingFrame(frame, events, done -> frameLeaves(done, stamp));
    lastingFrames += frame.perishable() ? 0 : 1;
    queue.add(pending);
    batches.submit(pending);
    letLeave();
  }

  private void tell(StreamNotice notice, StreamRecord<Event> stamp) {
    var ledger = ledgers.ledger(notice);
    send(events.stream(notice, ledger), stamp);
    inferenceMetrics.told(notice);
    StreamStory.tell(notice, ledger);
  }

  private boolean hasRoom(VideoFrame frame) {
    return queue.size() < MOST_WAITING
        && (frame.perishable() || lastingFrames < settings.capacity());
  }

  private void frameLeaves(PendingFrame frame, StreamRecord<Event> stamp) {
    lastingFrames -= frame.isPerishable() ? 0 : 1;
    if (frame.isSuperseded()) {
      ledgers.dropped(frame.stream(), frame.session(), FrameReasons.OVERLOAD);
      inferenceMetrics.frameSuperseded(frame.stream());
      return;
    }
    var event = frame.event();
    if (event instanceof FailedFrame failed) {
      ledgers.failed(failed.streamId(), failed.session(), failed.stage());
      inferenceMetrics.frameFailed(failed.streamId(), failed.stage());
    } else {
      ledgers.detected(event.streamId(), event.session());
      inferenceMetrics.frameDetected(event.streamId());
    }
    if (frame.isTruncated()) {
      inferenceMetrics.frameTruncated();
    }
    var start = System.nanoTime();
    send(event, stamp);
    inferenceMetrics.eventSent(frame.stream(), frame.times(start));
  }

  private void send(Event event, StreamRecord<Event> stamp) {
    output.collect(stamp.replace(event));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (queue.peekLast() instanceof PendingWatermark waiting) {
      waiting.raise(mark);
    } else {
      enqueue(new PendingWatermark(mark, super::processWatermark));
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    enqueue(new Ready(() -> super.processWatermarkStatus(status)));
  }

  private void enqueue(Pending pending) throws Exception {
    queue.add(pending);
    letLeave();
  }

  private void letLeave() throws Exception {
    while (!queue.isEmpty() && queue.peek().isDone()) {
      queue.remove().leave();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    drain();
    super.finish();
  }

  private void drain() throws Exception {
    batches.flush();
    letLeave();
    while (!queue.isEmpty()) {
      mailbox.yield();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    var writesUntouched = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    ledgerState.update(ledgers.snapshot(writesUntouched));
  }

  @Override
  public void close() throws Exception {
    IOUtils.closeAll(batches, share);
    super.close();
  }

  /** Comes on threads of the batcher; passes everything on to the task's thread. */
  private final class Answers implements BatchListener {
    private final Queue<BatchReport> reports = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean mailSent = new AtomicBoolean();

    @Override
    public void answered(BatchReport report) {
      reports.add(report);
      if (mailSent.compareAndSet(false, true)) {
        mail(this::receive);
      }
    }

    private void receive() throws Exception {
      mailSent.set(false);
      for (var report = reports.poll(); report != null; report = reports.poll()) {
        inferenceMetrics.batchAnswered(report);
      }
      letLeave();
    }

    @Override
    public void broken(RuntimeException cause) {
      mail(
          () -> {
            throw cause;
          });
    }

    private void mail(ThrowingRunnable<Exception> action) {
      try {
        mailbox.execute(action, "answers of the detector");
      } catch (RejectedExecutionException e) {
        LOG.debug("The task is closing and takes no more answers", e);
      }
    }
  }
}
