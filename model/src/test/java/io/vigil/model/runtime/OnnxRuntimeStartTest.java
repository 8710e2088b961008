package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxRuntimeStartTest {

  /** The process that the test starts. */
  static final class Start {
    public static void main(String[] arguments) {
      OnnxRuntime.engine(1);
      System.out.println("started");
    }
  }

  @Test
  void aLongCommandLineDoesNotEndTheProcess() throws Exception {
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfiles=" + "video.mp4,".repeat(10_000),
                "-cp",
                classPath,
                Start.class.getName())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("started");
  }
}
