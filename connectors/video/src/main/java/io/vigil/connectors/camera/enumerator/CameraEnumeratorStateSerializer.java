package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.camera.split.CameraSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's state in checkpoints; each split carries a version of its own. */
public final class CameraEnumeratorStateSerializer
    implements SimpleVersionedSerializer<CameraEnumeratorState> {

  public static final CameraEnumeratorStateSerializer INSTANCE =
      new CameraEnumeratorStateSerializer();

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(CameraEnumeratorState state) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    out.writeInt(state.unassigned().size());
    for (var split : state.unassigned()) {
      SimpleVersionedSerialization.writeVersionAndSerialize(
          CameraSplitSerializer.INSTANCE, split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public CameraEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "camera enumerator's state of version "
              + version
              + ": this Vigil reads version "
              + VERSION
              + "; restore with the Vigil that wrote the checkpoint");
    }
    var in = new DataInputDeserializer(serialized);
    int count = in.readInt();
    var splits = new ArrayList<CameraSplit>();
    for (int i = 0; i < count; i++) {
      splits.add(
          SimpleVersionedSerialization.readVersionAndDeSerialize(
              CameraSplitSerializer.INSTANCE, in));
    }
    return new CameraEnumeratorState(splits);
  }
}
