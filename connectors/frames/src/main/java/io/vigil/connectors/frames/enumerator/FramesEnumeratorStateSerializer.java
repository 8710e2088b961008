package io.vigil.connectors.frames.enumerator;

import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.frames.split.FramesSplitSerializer;
import io.vigil.connectors.video.state.StateVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's state in checkpoints; each split carries a version of its own. */
public final class FramesEnumeratorStateSerializer
    implements SimpleVersionedSerializer<FramesEnumeratorState> {

  public static final FramesEnumeratorStateSerializer INSTANCE =
      new FramesEnumeratorStateSerializer();

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FramesEnumeratorState state) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    out.writeInt(state.assigned().size());
    for (int partition : state.assigned()) {
      out.writeInt(partition);
    }
    out.writeInt(state.unassigned().size());
    for (var split : state.unassigned()) {
      SimpleVersionedSerialization.writeVersionAndSerialize(
          FramesSplitSerializer.INSTANCE, split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public FramesEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    StateVersion.require("frames enumerator's state", version, VERSION);
    var in = new DataInputDeserializer(serialized);
    var assigned = readAssigned(in);
    int count = in.readInt();
    var unassigned = new ArrayList<FramesSplit>();
    for (int i = 0; i < count; i++) {
      unassigned.add(
          SimpleVersionedSerialization.readVersionAndDeSerialize(
              FramesSplitSerializer.INSTANCE, in));
    }
    return new FramesEnumeratorState(assigned, unassigned);
  }

  private static Set<Integer> readAssigned(DataInputView in) throws IOException {
    int count = in.readInt();
    var assigned = new HashSet<Integer>();
    for (int i = 0; i < count; i++) {
      assigned.add(in.readInt());
    }
    return assigned;
  }
}
