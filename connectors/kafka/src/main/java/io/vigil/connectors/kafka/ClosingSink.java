package io.vigil.connectors.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's sink, whose writers it closes as they should close themselves. (flink-connector-kafka
 * 5.0.0.)
 *
 * <p>An exactly-once writer leaves its admin client's thread behind, which holds the job's class
 * loader: a task manager ran out of metaspace after a dozen jobs. And where Kafka cannot be
 * reached, it throws as it aborts its transaction, which Flink takes for fatal to the whole task
 * manager; such a transaction is aborted when the job goes on.
 */
record ClosingSink<T>(KafkaSink<T> kafka)
    implements TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable>,
        LineageVertexProvider {

  private static final Logger LOG = LoggerFactory.getLogger(ClosingSink.class);
  private static final String ADMIN = "adminClient";

  @Override
  public PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> createWriter(
      WriterInitContext context) throws IOException {
    return new Writer<>(stateful().createWriter(context));
  }

  @Override
  public PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    return new Writer<>(stateful().restoreWriter(context, state));
  }

  /** KafkaSink's own signatures have a class that is not public. */
  private TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable> stateful() {
    return kafka;
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return kafka.getWriterStateSerializer();
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return kafka.createCommitter(context);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return kafka.getCommittableSerializer();
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
    kafka.addPostCommitTopology(committables);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return kafka.getLineageVertex();
  }

  @SuppressWarnings("try") // what a writer's close may throw is Flink's to say
  private record Writer<T>(
      PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> kafka)
      implements PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> {

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
      kafka.write(element, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      kafka.flush(endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
      kafka.writeWatermark(watermark);
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
      return kafka.prepareCommit();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpoint) throws IOException {
      return kafka.snapshotState(checkpoint);
    }

    @Override
    public void close() throws Exception {
      try {
        kafka.close();
      } catch (KafkaException e) {
        LOG.warn("A transaction could not be aborted, and will be when the job goes on", e);
      } finally {
        closeAdmin();
      }
    }

    private void closeAdmin() throws ReflectiveOperationException {
      for (var field : kafka.getClass().getDeclaredFields()) {
        if (field.getName().equals(ADMIN)) {
          field.setAccessible(true);
          if (field.get(kafka) instanceof Admin admin) {
            admin.close(Duration.ZERO);
          }
        }
      }
    }
  }
}
