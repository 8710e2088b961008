package io.vigil.pipeline.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
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

  /** Of each version that was released, where its bytes are kept. */
  Map<Integer, Path> released() throws IOException {
    var kept = new TreeMap<Integer, Path>();
    try (var files = Files.newDirectoryStream(kept().getParent(), name + "-*.hex")) {
      for (var file : files) {
        var version = file.getFileName().toString().replaceAll(".*-(\\d+)\\.hex", "$1");
        kept.put(Integer.valueOf(version), file);
      }
    }
    return kept;
  }

  T read(String hex) throws IOException {
    return read(serializer.getVersion(), hex);
  }

  T read(int version, String hex) throws IOException {
    return serializer.deserialize(version, HexFormat.of().parseHex(hex.strip()));
  }

  @Override
  public String toString() {
    return name;
  }
}
