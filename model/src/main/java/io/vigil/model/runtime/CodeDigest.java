package io.vigil.model.runtime;

import io.vigil.model.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells two builds of the code that writes models apart, so that a cache does not outlive one. */
final class CodeDigest {
  private static final String CODE = "io/vigil/model";

  private CodeDigest() {}

  /** SHA-256 over the compiled classes and resources of this module, hex. */
  static String compute() {
    try {
      Path place =
          place(CodeDigest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return digest(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return digest(jar.getPath("/"));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A Flink cluster of one application names its jars relative to where it runs: file:usrlib/… */
  static Path place(URI location) {
    return location.isOpaque() ? Path.of(location.getSchemeSpecificPart()) : Path.of(location);
  }

  private static String digest(Path root) throws IOException {
    MessageDigest sha256 = Sha256.start();
    for (Path file : files(root)) {
      sha256.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      sha256.update(Files.readAllBytes(file));
    }
    return Sha256.hex(sha256);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root.resolve(CODE))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
