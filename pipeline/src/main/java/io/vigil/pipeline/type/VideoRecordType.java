package io.vigil.pipeline.type;

import io.vigil.connectors.video.VideoRecord;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Frames and notices between chained operators. They are passed on as they are and never written: a
 * frame of 500 kB has no business on a network or in a checkpoint.
 */
public final class VideoRecordType extends SingletonType<VideoRecord> {
  private static final long serialVersionUID = 1L;

  public VideoRecordType() {
    super(VideoRecord.class, new Serializer());
  }

  /** Refuses. */
  public static final class Serializer extends ImmutableSerializer<VideoRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(VideoRecord record, DataOutputView target) {
      throw refusal();
    }

    @Override
    public VideoRecord deserialize(DataInputView source) {
      throw refusal();
    }

    private static UnsupportedOperationException refusal() {
      return new UnsupportedOperationException(
          "Frames stay in the task that decodes them, and this job sends them to another: keep the"
              + " inference operator chained to its source, with the same parallelism and nothing"
              + " between them that partitions");
    }

    @Override
    public TypeSerializerSnapshot<VideoRecord> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Of the serializer, in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<VideoRecord> {
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
