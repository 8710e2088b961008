package io.vigil.pipeline.operator;

import io.vigil.connectors.video.state.StateVersion;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The form of a {@link LedgerEntry} in checkpoints. */
final class LedgerSerializer implements SimpleVersionedSerializer<LedgerEntry> {

  private static final int VERSION = 2;

  /** Had no drops, which were the readers' alone. */
  private static final int WITHOUT_DROPS = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(LedgerEntry entry) throws IOException {
    var out = new DataOutputSerializer(128);
    out.writeUTF(entry.streamId());
    out.writeUTF(entry.session());
    out.writeLong(entry.detected());
    write(entry.failed(), out);
    out.writeBoolean(entry.ended());
    write(entry.dropped(), out);
    return out.getCopyOfBuffer();
  }

  private static void write(SortedMap<String, Long> counts, DataOutputSerializer out)
      throws IOException {
    out.writeInt(counts.size());
    for (var count : counts.entrySet()) {
      out.writeUTF(count.getKey());
      out.writeLong(count.getValue());
    }
  }

  @Override
  public LedgerEntry deserialize(int version, byte[] bytes) throws IOException {
    StateVersion.require("ledger", version, VERSION);
    var in = new DataInputDeserializer(bytes);
    var streamId = in.readUTF();
    var session = in.readUTF();
    var detected = in.readLong();
    var failed = read(in);
    var ended = in.readBoolean();
    var dropped = version == WITHOUT_DROPS ? new TreeMap<String, Long>() : read(in);
    return new LedgerEntry(streamId, session, detected, dropped, failed, ended);
  }

  private static SortedMap<String, Long> read(DataInputDeserializer in) throws IOException {
    var counts = new TreeMap<String, Long>();
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(in.readUTF(), in.readLong());
    }
    return counts;
  }
}
