package io.vigil.connectors.video.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.split.VideoSplit;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSessionTest {

  @TempDir private Path folder;

  @Test
  void isOfTheContentAndNotOfTheName() throws IOException {
    var copy = Files.copy(Clips.street(), folder.resolve("other.mp4"));
    assertThat(FileSession.of(copy)).isEqualTo(FileSession.of(Clips.street())).hasSize(32);
    try (var file = new RandomAccessFile(copy.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old + 1);
    }
    assertThat(FileSession.of(copy)).isNotEqualTo(FileSession.of(Clips.street()));
  }

  @Test
  void ofALargeFileTheSizeTheEndsAndBlocksBetweenCount() throws IOException {
    var path = folder.resolve("large");
    long size = 40L << 30;
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      var empty = FileSession.of(path);
      file.setLength(size + 1);
      assertThat(FileSession.of(path)).isNotEqualTo(empty);
      file.setLength(size);
      file.seek(size - 1);
      file.write(1);
      assertThat(FileSession.of(path)).isNotEqualTo(empty);
    }
  }

  @Test
  void aFileThatChangedSinceTheCheckpointFails() throws IOException {
    var path = folder.resolve("clip.mp4");
    Files.copy(Clips.variant("closed_gop_h264.mp4"), path);
    var unread = VideoSplit.unread("stream", path.toString());
    var restored = Reading.of(unread, Reading.EVERYTHING, List.of()).checkpoints().get(20);
    Files.copy(Clips.variant("open_gop_h264.mp4"), path, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Reading.of(restored, Reading.EVERYTHING, List.of()).elements())
        .singleElement()
        .asString()
        .contains("kind=FAILED, decoded=20")
        .contains(path + ": its content is not what it was at the checkpoint");
  }

  @Test
  void aFileThatCannotBeOpenedFailsAtOnce() throws IOException {
    var path = folder.resolve("none.mp4");
    var unread = VideoSplit.unread("stream", path.toString());
    assertThat(Reading.of(unread, Reading.EVERYTHING, List.of()).elements())
        .singleElement()
        .asString()
        .contains("session=unreadable, kind=FAILED, decoded=0")
        .contains(path + ": no such file");
  }
}
