package io.vigil.connectors.video.state;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The enumerator's state in checkpoints; each split carries a version of its own.
 *
 * @param <SplitT> of the source
 */
public final class UnassignedSplitsSerializer<SplitT extends SourceSplit>
    implements SimpleVersionedSerializer<UnassignedSplits<SplitT>> {

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  private final SimpleVersionedSerializer<SplitT> splits;

  public UnassignedSplitsSerializer(SimpleVersionedSerializer<SplitT> splits) {
    this.splits = splits;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(UnassignedSplits<SplitT> state) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    out.writeInt(state.splits().size());
    for (var split : state.splits()) {
      SimpleVersionedSerialization.writeVersionAndSerialize(splits, split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public UnassignedSplits<SplitT> deserialize(int version, byte[] serialized) throws IOException {
    StateVersion.require("enumerator's state", version, VERSION);
    var in = new DataInputDeserializer(serialized);
    int count = in.readInt();
    var read = new ArrayList<SplitT>();
    for (int i = 0; i < count; i++) {
      read.add(SimpleVersionedSerialization.readVersionAndDeSerialize(splits, in));
    }
    return new UnassignedSplits<>(read);
  }
}
