package io.vigil.connectors.video.enumerator;

import io.vigil.connectors.video.split.VideoSplit;
import io.vigil.connectors.video.split.VideoSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's state in checkpoints; each split carries a version of its own. */
public final class VideoEnumeratorStateSerializer
    implements SimpleVersionedSerializer<VideoEnumeratorState> {

  public static final VideoEnumeratorStateSerializer INSTANCE =
      new VideoEnumeratorStateSerializer();

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(VideoEnumeratorState state) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    out.writeInt(state.unassigned().size());
    for (var split : state.unassigned()) {
      SimpleVersionedSerialization.writeVersionAndSerialize(
          VideoSplitSerializer.INSTANCE, split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public VideoEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "video enumerator's state of version "
              + version
              + ": this Vigil reads version "
              + VERSION
              + "; restore with the Vigil that wrote the checkpoint");
    }
    var in = new DataInputDeserializer(serialized);
    int count = in.readInt();
    var splits = new ArrayList<VideoSplit>();
    for (int i = 0; i < count; i++) {
      splits.add(
          SimpleVersionedSerialization.readVersionAndDeSerialize(
              VideoSplitSerializer.INSTANCE, in));
    }
    return new VideoEnumeratorState(splits);
  }
}
