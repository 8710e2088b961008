package io.vigil.pipeline.operator;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.events.Event;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the operator that turns frames into events.
 *
 * <pre>{@code
 * frames.transform("inference", eventType, new InferenceOperatorFactory(settings)).uid("inference");
 * }</pre>
 */
public final class InferenceOperatorFactory extends AbstractStreamOperatorFactory<Event>
    implements OneInputStreamOperatorFactory<VideoRecord, Event> {
  private static final long serialVersionUID = 1L;

  private final InferenceSettings settings;

  public InferenceOperatorFactory(InferenceSettings settings) {
    this.settings = settings;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings("unchecked") // Flink asks for any operator type and takes this one
  public <T extends StreamOperator<Event>> T createStreamOperator(
      StreamOperatorParameters<Event> parameters) {
    return (T) new InferenceOperator(parameters, settings, parameters.getMailboxExecutor());
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return InferenceOperator.class;
  }
}
