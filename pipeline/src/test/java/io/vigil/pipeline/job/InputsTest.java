package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (var name :
        List.of(
            "a.mp4",
            "b.MKV",
            "notes.txt",
            ".hidden.mp4",
            "in/a.mp4",
            "in/deep/c.ts",
            "out/x.mp4")) {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void namesFilesRelativeToTheFolderAskedFor() {
    var inputs = find(folder.toString());
    assertThat(inputs.files().keySet())
        .containsExactly("a.mp4", "b.MKV", "in/a.mp4", "in/deep/c.ts");
    assertThat(inputs.problems()).isEmpty();
  }

  @Test
  void namesAFileByItsName() {
    assertThat(find(folder.resolve("in/deep/c.ts").toString()).files().keySet())
        .containsExactly("c.ts");
  }

  @Test
  void refusesAPipeBeforeItsReadHangs() throws Exception {
    var pipe = folder.resolve("pipe.mp4").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(find(pipe).files()).isEmpty();
    assertThat(find(pipe).problems())
        .containsExactly(
            pipe
                + ": is no regular file, and a pipe or a device cannot be read again after a"
                + " failure; copy the video into a file");
  }

  @Test
  void tellsFilesOfOneNameApart() {
    var inputs = find(folder.resolve("a.mp4").toString(), folder.resolve("in/a.mp4").toString());
    assertThat(inputs.files().keySet()).containsExactly("a.mp4", "in/a.mp4");
  }

  @Test
  void takesAFileOnceThatIsAskedForTwice() {
    var inputs = find(folder.toString(), folder.resolve("in/../a.mp4").toString());
    assertThat(inputs.files()).hasSize(4);
  }

  @Test
  void expandsGlobsTheShellLeftAlone() {
    assertThat(find(folder + "/**/*.{mp4,ts}").files().keySet())
        .containsExactly("in/a.mp4", "in/deep/c.ts");
    assertThat(find(folder + "/*.mp4").files().keySet()).containsExactly("a.mp4");
  }

  @Test
  void takesAFileWhoseNameLooksLikeAGlob() throws IOException {
    var file = Files.writeString(folder.resolve("take[1].mp4"), "x");
    assertThat(find(file.toString()).files().keySet()).containsExactly("take[1].mp4");
  }

  @Test
  void tellsAllThatIsNotThereAndKeepsTheRest() {
    var inputs = find("no-such.mp4", folder + "/*.mov", folder.resolve("a.mp4").toString());
    assertThat(inputs.files().keySet()).containsExactly("a.mp4");
    assertThat(inputs.problems())
        .containsExactly(
            "no-such.mp4: there is no such file or folder", folder + "/*.mov: no file matches");
  }

  @Test
  void tellsOfAFolderWithoutVideos() throws IOException {
    var empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(find(empty.toString()).problems())
        .containsExactly(
            empty + ": no video in this folder (files that end in .mp4, .mkv, .ts and the like)");
  }

  private Inputs find(String... asked) {
    return Inputs.find(List.of(asked), folder.resolve("out"));
  }
}
