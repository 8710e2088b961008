package io.vigil.connectors.frames.split;

import io.vigil.connectors.video.decode.TimeBase;
import io.vigil.connectors.video.split.FrameAnchor;
import io.vigil.connectors.video.state.StateVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Splits in checkpoints. */
public final class FramesSplitSerializer implements SimpleVersionedSerializer<FramesSplit> {

  public static final FramesSplitSerializer INSTANCE = new FramesSplitSerializer();

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 512;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FramesSplit split) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    out.writeUTF(split.topic());
    out.writeInt(split.partition());
    out.writeLong(split.endOffset());
    out.writeLong(split.nextOffset());
    out.writeLong(split.timestamp());
    out.writeInt(split.streams().size());
    for (var stream : split.streams().entrySet()) {
      out.writeUTF(stream.getKey());
      writePosition(stream.getValue(), out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public FramesSplit deserialize(int version, byte[] serialized) throws IOException {
    StateVersion.require("frames split", version, VERSION);
    var in = new DataInputDeserializer(serialized);
    return new FramesSplit(
        in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong(), readStreams(in));
  }

  private static SortedMap<String, StreamPosition> readStreams(DataInputView in)
      throws IOException {
    int count = in.readInt();
    var streams = new TreeMap<String, StreamPosition>();
    for (int i = 0; i < count; i++) {
      streams.put(in.readUTF(), readPosition(in));
    }
    return streams;
  }

  private static void writePosition(StreamPosition position, DataOutputView out)
      throws IOException {
    out.writeUTF(position.session());
    out.writeLong(position.startOffset());
    out.writeLong(position.decoded());
    writeCounts(position.dropped(), out);
    writeCounts(position.failed(), out);
    out.writeLong(position.lastPts());
    out.writeInt(position.timeBase().numerator());
    out.writeInt(position.timeBase().denominator());
    out.writeLong(position.lastMillis());
    out.writeInt(position.points().size());
    for (var point : position.points()) {
      out.writeLong(point.offset());
      out.writeLong(point.seq());
    }
    writeAnchor(position.anchor(), out);
    out.writeBoolean(position.gap());
  }

  private static StreamPosition readPosition(DataInputView in) throws IOException {
    return new StreamPosition(
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        readCounts(in),
        readCounts(in),
        in.readLong(),
        new TimeBase(in.readInt(), in.readInt()),
        in.readLong(),
        readPoints(in),
        readAnchor(in),
        in.readBoolean());
  }

  private static List<DecodingPoint> readPoints(DataInputView in) throws IOException {
    int count = in.readInt();
    var points = new ArrayList<DecodingPoint>();
    for (int i = 0; i < count; i++) {
      points.add(new DecodingPoint(in.readLong(), in.readLong()));
    }
    return points;
  }

  private static void writeAnchor(FrameAnchor anchor, DataOutputView out) throws IOException {
    out.writeBoolean(anchor != null);
    if (anchor != null) {
      out.writeLong(anchor.seq());
      out.writeLong(anchor.pts());
      out.writeInt(anchor.crc());
    }
  }

  private static FrameAnchor readAnchor(DataInputView in) throws IOException {
    return in.readBoolean() ? new FrameAnchor(in.readLong(), in.readLong(), in.readInt()) : null;
  }

  private static void writeCounts(SortedMap<String, Long> counts, DataOutputView out)
      throws IOException {
    out.writeInt(counts.size());
    for (var count : counts.entrySet()) {
      out.writeUTF(count.getKey());
      out.writeLong(count.getValue());
    }
  }

  private static SortedMap<String, Long> readCounts(DataInputView in) throws IOException {
    int size = in.readInt();
    var counts = new TreeMap<String, Long>();
    for (int i = 0; i < size; i++) {
      counts.put(in.readUTF(), in.readLong());
    }
    return counts;
  }
}
