package io.vigil.pipeline.operator;

import io.vigil.connectors.video.state.StateVersion;
import java.io.IOException;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The form of a {@link LedgerEntry} in checkpoints. */
final class LedgerSerializer implements SimpleVersionedSerializer<LedgerEntry> {

  private static final int VERSION = 1;

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
    out.writeInt(entry.failed().size());
    for (var failed : entry.failed().entrySet()) {
      out.writeUTF(failed.getKey());
      out.writeLong(failed.getValue());
    }
    out.writeBoolean(entry.ended());
    return out.getCopyOfBuffer();
  }

  @Override
  public LedgerEntry deserialize(int version, byte[] bytes) throws IOException {
    StateVersion.require("ledger", version, VERSION);
    var in = new DataInputDeserializer(bytes);
    var streamId = in.readUTF();
    var session = in.readUTF();
    var detected = in.readLong();
    var failed = new TreeMap<String, Long>();
    for (int stages = in.readInt(); stages > 0; stages--) {
      failed.put(in.readUTF(), in.readLong());
    }
    return new LedgerEntry(streamId, session, detected, failed, in.readBoolean());
  }
}
