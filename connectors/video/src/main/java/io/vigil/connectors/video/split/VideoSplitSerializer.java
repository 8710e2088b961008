package io.vigil.connectors.video.split;

import io.vigil.connectors.video.state.StateVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Splits in checkpoints. */
public final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

  public static final VideoSplitSerializer INSTANCE = new VideoSplitSerializer();

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(VideoSplit split) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    out.writeUTF(split.streamId());
    out.writeUTF(split.path());
    writePosition(split.position(), out);
    out.writeInt(split.anchors().size());
    for (var anchor : split.anchors()) {
      out.writeLong(anchor.seq());
      out.writeLong(anchor.pts());
      out.writeInt(anchor.crc());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public VideoSplit deserialize(int version, byte[] serialized) throws IOException {
    StateVersion.require("video split", version, VERSION);
    var in = new DataInputDeserializer(serialized);
    return new VideoSplit(in.readUTF(), in.readUTF(), readPosition(in), readAnchors(in));
  }

  private static void writePosition(VideoPosition position, DataOutputView out) throws IOException {
    out.writeUTF(position.phase().name());
    out.writeUTF(position.session());
    out.writeLong(position.nextSeq());
    out.writeLong(position.firstPts());
    out.writeLong(position.lastPts());
    out.writeBoolean(position.distinctPts());
    out.writeLong(position.lastSlot());
    out.writeLong(position.timestamp());
    out.writeLong(position.counts().sampling());
    out.writeLong(position.counts().range());
    out.writeLong(position.counts().letterbox());
  }

  private static VideoPosition readPosition(DataInputView in) throws IOException {
    return new VideoPosition(
        VideoPosition.Phase.valueOf(in.readUTF()),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        new FrameCounts(in.readLong(), in.readLong(), in.readLong()));
  }

  private static List<FrameAnchor> readAnchors(DataInputView in) throws IOException {
    int count = in.readInt();
    var anchors = new ArrayList<FrameAnchor>();
    for (int i = 0; i < count; i++) {
      anchors.add(new FrameAnchor(in.readLong(), in.readLong(), in.readInt()));
    }
    return anchors;
  }
}
