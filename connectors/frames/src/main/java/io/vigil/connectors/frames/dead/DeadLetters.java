package io.vigil.connectors.frames.dead;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.RefusedRecord;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.source.VideoRecordSerializer;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Refused records on their way to the dead-letter topic, with the delivery guarantee of the events.
 *
 * <pre>{@code
 * var frames = DeadLetters.apart(records);
 * DeadLetters.of(frames).sinkTo(DeadLetters.sink(connection, "frames-dead", mostBytes, delivery));
 * }</pre>
 */
public final class DeadLetters {

  private static final OutputTag<VideoRecord> REFUSED =
      new OutputTag<>("refused", VideoRecordSerializer.TYPE);

  /** No job's name has it in it; see {@link EventSink}. */
  private static final String PREFIX_END = "!dead:";

  /** For what a producer adds to a record. */
  private static final int SLACK_BYTES = 1 << 16;

  private DeadLetters() {}

  /** The records without the refused ones; of those, what is counted in a stream. */
  public static SingleOutputStreamOperator<VideoRecord> apart(DataStream<VideoRecord> records) {
    return records
        .process(new Apart())
        .returns(VideoRecordSerializer.TYPE)
        .name("refused records")
        .uid("refused");
  }

  /** The refused records. */
  public static DataStream<VideoRecord> of(SingleOutputStreamOperator<VideoRecord> apart) {
    return apart.getSideOutput(REFUSED);
  }

  /**
   * The sink of the refused records.
   *
   * @param mostBytes that the topic takes in a record; of a larger one only its headers are kept
   */
  public static Sink<VideoRecord> sink(
      KafkaConnection connection, String topic, int mostBytes, Delivery delivery) {
    int largest = Math.max(1, mostBytes - SLACK_BYTES);
    return EventSink.of(
        connection,
        new DeadLetterRecords(topic, largest),
        delivery,
        PREFIX_END,
        Map.of(
            "max.request.size", Integer.toString(mostBytes),
            "buffer.memory", Long.toString(Math.max(32L << 20, 2L * mostBytes))));
  }

  private static final class Apart extends ProcessFunction<VideoRecord, VideoRecord> {
    private static final long serialVersionUID = 1L;

    /** Both at once, so that no checkpoint falls between them. */
    @Override
    public void processElement(VideoRecord record, Context context, Collector<VideoRecord> out) {
      if (record instanceof RefusedRecord refused) {
        FrameFailure counted = refused.failure();
        if (counted != null) {
          out.collect(counted);
        }
        context.output(REFUSED, refused);
      } else {
        out.collect(record);
      }
    }
  }
}
