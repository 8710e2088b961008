package io.vigil.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  @TempDir private Path folder;

  @Test
  void aFileIsThereOnceItIsWhole() throws IOException {
    var target = folder.resolve("deep/results.csv");
    try (var file = OutputFile.at(target)) {
      file.print("a");
      assertThat(target).doesNotExist();
      file.print("b");
      assertThat(file.commit()).isEqualTo(target).hasContent("ab");
    }
    try (var files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void whatIsNotFinishedLeavesNothingAndTheOldFileAsItWas() throws IOException {
    var target = Files.writeString(folder.resolve("results.csv"), "old");
    try (var file = OutputFile.at(target)) {
      file.print("new");
    }
    assertThat(target).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    var blocked = Files.writeString(folder.resolve("blocked"), "");
    assertThatThrownBy(() -> OutputFile.at(blocked.resolve("results.csv")))
        .isInstanceOf(ReportException.class)
        .hasMessage(
            blocked
                + "/results.csv: cannot be written ("
                + blocked
                + " is a file); free space or allow writing there, or name another folder"
                + " with --out");
  }

  @Test
  void aFullDiskIsToldAsItIs() {
    try (var file = OutputFile.at(folder.resolve("a.csv"))) {
      assertThat(file.failed(new IOException("No space left on device")))
          .hasMessage(
              folder
                  + "/a.csv: cannot be written (No space left on device); free space or allow"
                  + " writing there, or name another folder with --out");
    }
  }

  @Test
  void namesAreWhatEveryFileSystemTakesAndNeverTheSame() {
    var names = new OutputNames();
    assertThat(names.of("car-detection.mp4")).isEqualTo("car-detection");
    assertThat(names.of("car-detection.avi")).isEqualTo("car-detection-2");
    assertThat(names.of("Car-Detection.ts")).isEqualTo("Car-Detection-3");
    assertThat(names.of("car-detection.mp4")).isEqualTo("car-detection");
    assertThat(names.of("gate/north é.mp4")).isEqualTo("gate_north_é");
    assertThat(names.of("../../etc/passwd")).isEqualTo("etc_passwd");
    assertThat(names.of(".mp4")).isEqualTo("mp4");
    assertThat(names.of("???")).isEqualTo("stream");
    assertThat(names.of("x".repeat(300))).hasSize(80);
  }
}
