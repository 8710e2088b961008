package io.vigil.pipeline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.pipeline.batch.SharedDetectors;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the faults, with all that has to hold; {@code vigil chaos} brings about all. */
class ChaosTest {

  @TempDir private Path folder;

  @AfterEach
  void everyDetectorIsClosed() {
    assertThat(SharedDetectors.ofProcess().openCount()).isZero();
  }

  private String held(boolean exactlyOnce, String... faults) throws Exception {
    var told = new StringWriter();
    boolean held = new Chaos(folder, exactlyOnce, new PrintWriter(told)).run(Set.of(faults));
    assertThat(held).as(told.toString()).isTrue();
    return told.toString();
  }

  @Test
  @Tag("rtsp")
  void aCameraThatComesBackAsAnotherAndADeviceWithoutMemoryHarmNobodyElse() throws Exception {
    assertThat(held(false, "other-size", "out-of-memory"))
        .contains("other-size: held", "reconnected, ", "gap", "largest batch: 1");
  }

  @Test
  @Tag("rtsp")
  void whatCamerasSentSinceTheLastCheckpointOfALostTaskManagerIsAGap() throws Exception {
    assertThat(held(true, "task-manager-killed")).contains("of 2 cameras");
  }

  @Test
  void whatIsReadFromFilesIsCommittedAsIfATaskManagerHadNotBeenLost() throws Exception {
    assertThat(held(true, "files-task-manager-killed"))
        .contains("restarts: 1", "records byte for byte");
  }
}
