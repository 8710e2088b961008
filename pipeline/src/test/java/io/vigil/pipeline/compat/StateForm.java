package io.vigil.pipeline.compat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * How something is written into checkpoints.
 *
 * @param sample with every field set
 */
public record StateForm<T>(String name, SimpleVersionedSerializer<T> serializer, T sample) {

  /** Where the bytes of the sample are kept, as its version writes them. */
  Path kept() {
    return Released.KEPT.resolve("state").resolve(name + "-" + serializer.getVersion() + ".hex");
  }

  String written() throws IOException {
    return HexFormat.of().formatHex(serializer.serialize(sample));
  }

  T read(String hex) throws IOException {
    return serializer.deserialize(serializer.getVersion(), HexFormat.of().parseHex(hex.strip()));
  }

  @Override
  public String toString() {
    return name;
  }
}
