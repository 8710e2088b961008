package io.vigil.pipeline.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that the build wrote into {@code vigil.properties}. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    var properties = new Properties();
    try (var file = Version.class.getResourceAsStream("/vigil.properties")) {
      properties.load(file);
    }
    return new String[] {
      "vigil " + properties.getProperty("version"),
      "Java " + Runtime.version() + ", Flink " + properties.getProperty("flink")
    };
  }
}
