package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir private Path folder;

  @Test
  void numbersRunsOfOneName() throws IOException {
    assertThat(RunDirectory.newBelow(folder, "street").path()).isEqualTo(folder.resolve("street"));
    Files.createDirectory(folder.resolve("street"));
    assertThat(RunDirectory.newBelow(folder, "street").path())
        .isEqualTo(folder.resolve("street-2"));
  }

  @Test
  void neverMixesTwoRuns() throws IOException {
    var finished = run("finished");
    finished.finish();
    assertThatThrownBy(() -> RunDirectory.newAt(finished.path()))
        .hasMessage(
            "--out %s: holds the results of a run; name another folder, or remove that one first"
                .formatted(finished.path()));
    var interrupted = run("interrupted");
    assertThatThrownBy(() -> RunDirectory.newAt(interrupted.path()))
        .hasMessage(
            "--out %s: holds a run that was interrupted; go on with --resume, or name another folder"
                .formatted(interrupted.path()));
  }

  @Test
  void refusesAFile() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> RunDirectory.newAt(file))
        .hasMessage("--out %s: is a file; --out names a folder".formatted(file));
    assertThatThrownBy(() -> RunDirectory.newAt(file.resolve("in")).made())
        .hasMessage(
            "--out %s: cannot be written to (Not a directory); name another folder"
                .formatted(file.resolve("in")));
    var nowhere = Path.of("/proc/vigil");
    assertThatThrownBy(() -> RunDirectory.newAt(nowhere).made())
        .hasMessage(
            "--out /proc/vigil: cannot be written to (/proc/vigil cannot be made there); name another folder");
  }

  @Test
  void finishedRunsCannotBeResumedAndLeaveNoState() throws IOException {
    var run = run("done");
    assertThat(RunDirectory.unfinishedAt(run.path())).isEqualTo(run);
    run.finish();
    assertThat(run.state()).doesNotExist();
    assertThat(run.events()).exists();
    assertThatThrownBy(() -> RunDirectory.unfinishedAt(run.path()))
        .hasMessageEndingWith("holds a finished run; there is nothing to resume");
    assertThatThrownBy(() -> RunDirectory.unfinishedAt(folder))
        .hasMessageEndingWith("holds no run that could be resumed");
  }

  @Test
  void resumesTheLatest() throws IOException {
    var older = run("b");
    var newer = run("a");
    Files.setLastModifiedTime(older.request(), FileTime.fromMillis(1000));
    Files.setLastModifiedTime(newer.request(), FileTime.fromMillis(2000));
    assertThat(RunDirectory.unfinishedBelow(folder)).contains(newer);
    assertThat(RunDirectory.unfinishedBelow(folder.resolve("none"))).isEmpty();
  }

  @Test
  void goesOnFromTheLatestCompleteCheckpoint() throws IOException {
    var run = run("a");
    assertThat(run.latestCheckpoint()).isEmpty();
    checkpoint(run, "job/chk-9", 1000);
    var later = checkpoint(run, "savepoint-1", 2000);
    Files.createDirectories(run.checkpoints().resolve("job/chk-10"));
    assertThat(run.latestCheckpoint()).contains(later);
  }

  private static Path checkpoint(RunDirectory run, String name, long time) throws IOException {
    var checkpoint = Files.createDirectories(run.checkpoints().resolve(name));
    var metadata = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(time));
    return checkpoint;
  }

  private RunDirectory run(String name) throws IOException {
    var run = RunDirectory.newAt(folder.resolve(name));
    run.made();
    Files.writeString(run.request(), "{}");
    Files.writeString(run.events(), "");
    return run;
  }
}
