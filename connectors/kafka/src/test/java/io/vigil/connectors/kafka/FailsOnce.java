package io.vigil.connectors.kafka;

import io.vigil.events.Event;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Fails the job's first attempt within a checkpoint. The sink chained behind it has by then sent
 * everything before that checkpoint to the broker, and nothing of it may be seen twice.
 */
final class FailsOnce extends RichMapFunction<Event, Event> implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final long checkpoint;

  FailsOnce(long checkpoint) {
    this.checkpoint = checkpoint;
  }

  @Override
  public Event map(Event event) {
    return event;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0
        && context.getCheckpointId() >= checkpoint) {
      throw new IllegalStateException("the failure that this test is about");
    }
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {}
}
