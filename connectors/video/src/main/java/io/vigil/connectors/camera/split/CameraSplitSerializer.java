package io.vigil.connectors.camera.split;

import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.state.StateVersion;
import io.vigil.connectors.video.state.StreamSettingsFormat;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Splits in checkpoints. Of credentials only the reference is written. */
public final class CameraSplitSerializer implements SimpleVersionedSerializer<CameraSplit> {

  public static final CameraSplitSerializer INSTANCE = new CameraSplitSerializer();

  private static final int VERSION = 2;

  /** From it on cameras have settings, and splits may be retired. */
  private static final int WITH_SETTINGS = 2;

  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(CameraSplit split) throws IOException {
    var out = new DataOutputSerializer(USUAL_BYTES);
    writeDefinition(split.camera(), out);
    writePosition(split.position(), out);
    out.writeBoolean(split.retired());
    return out.getCopyOfBuffer();
  }

  @Override
  public CameraSplit deserialize(int version, byte[] serialized) throws IOException {
    StateVersion.require("camera split", version, VERSION);
    var in = new DataInputDeserializer(serialized);
    boolean withSettings = version >= WITH_SETTINGS;
    return new CameraSplit(
        readDefinition(in, withSettings), readPosition(in), withSettings && in.readBoolean());
  }

  private static void writeDefinition(CameraDefinition camera, DataOutputView out)
      throws IOException {
    out.writeUTF(camera.id());
    out.writeUTF(camera.url());
    out.writeUTF(camera.transport().name());
    out.writeUTF(camera.credentials());
    out.writeBoolean(camera.verifyCertificates());
    out.writeUTF(camera.certificates());
    out.writeLong(camera.connectTimeout().toNanos());
    out.writeLong(camera.stallLimit().toNanos());
    out.writeLong(camera.readTimeout().toNanos());
    out.writeInt(camera.everyNth());
    out.writeDouble(camera.mostFramesPerSecond());
    out.writeUTF(camera.overload().name());
    StreamSettingsFormat.write(camera.settings(), out);
  }

  private static CameraDefinition readDefinition(DataInputView in, boolean withSettings)
      throws IOException {
    return new CameraDefinition(
        in.readUTF(),
        in.readUTF(),
        Transport.valueOf(in.readUTF()),
        in.readUTF(),
        in.readBoolean(),
        in.readUTF(),
        Duration.ofNanos(in.readLong()),
        Duration.ofNanos(in.readLong()),
        Duration.ofNanos(in.readLong()),
        in.readInt(),
        in.readDouble(),
        Overload.valueOf(in.readUTF()),
        withSettings ? StreamSettingsFormat.read(in) : StreamSettings.USUAL);
  }

  private static void writePosition(CameraPosition position, DataOutputView out)
      throws IOException {
    out.writeUTF(position.session());
    out.writeBoolean(position.open());
    out.writeBoolean(position.connectedBefore());
    out.writeLong(position.counts().decoded());
    out.writeLong(position.counts().sampling());
    out.writeLong(position.counts().overload());
    out.writeLong(position.counts().letterbox());
    out.writeLong(position.ingestMillis());
    out.writeLong(position.frameMicros());
    out.writeLong(position.timestamp());
  }

  private static CameraPosition readPosition(DataInputView in) throws IOException {
    return new CameraPosition(
        in.readUTF(),
        in.readBoolean(),
        in.readBoolean(),
        new CameraCounts(in.readLong(), in.readLong(), in.readLong(), in.readLong()),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
