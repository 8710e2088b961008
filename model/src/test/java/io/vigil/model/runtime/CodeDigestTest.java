package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CodeDigestTest {

  @Test
  void findsItsJarWhereverItIsNamedFrom() {
    assertThat(CodeDigest.place(URI.create("file:usrlib/the%20job.jar")))
        .isEqualTo(Path.of("usrlib/the job.jar"));
    assertThat(CodeDigest.place(URI.create("file:/opt/the%20job.jar")))
        .isEqualTo(Path.of("/opt/the job.jar"));
  }
}
