package io.vigil.connectors.camera.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRosterTest {

  @TempDir private Path folder;
  private Path file;
  private CameraRoster.Look look;

  @BeforeEach
  void open() {
    file = folder.resolve("cameras");
    look = new FileRoster(file, Duration.ofSeconds(1), new Lines()).open();
  }

  private Set<String> ids() throws IOException {
    return look.look().orElseThrow().cameras().keySet();
  }

  @Test
  void aChangeIsActedOnWhenTwoLooksHaveSeenTheSameAndThenOnce() throws IOException {
    Files.writeString(file, "a rtsp://a 1\n");
    assertThat(look.look()).isEmpty();
    assertThat(ids()).containsOnly("a");
    assertThat(look.look()).isEmpty();
    Files.writeString(file, "a rtsp://a 1\nb rtsp://b 1\n");
    assertThat(look.look()).isEmpty();
    Files.writeString(file, "a rtsp://a 1\nb rtsp://b 1\nc rtsp://c 1\n");
    assertThat(look.look()).isEmpty();
    assertThat(ids()).containsOnly("a", "b", "c");
  }

  /** As editors and atomic writers do, with the size and the time of the last change of before. */
  @Test
  void anotherFileInItsPlaceIsNoticedByItsContentAlone() throws IOException {
    Files.writeString(file, "a rtsp://a 1\n");
    look.look();
    assertThat(ids()).containsOnly("a");
    var next = Files.writeString(folder.resolve("next"), "b rtsp://a 1\n");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    look.look();
    assertThat(ids()).containsOnly("b");
  }

  @Test
  void aFileThatVanishesOrIsHalfWrittenGivesNoListAndIsUnderstoodWhenItIsBack() throws IOException {
    Files.writeString(file, "a rtsp://a 1\n");
    look.look();
    look.look();
    Files.delete(file);
    assertThatThrownBy(look::look)
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": is not there; the cameras stay as they are until it is");
    Files.writeString(file, "a rtsp://a 1\nb rtsp");
    look.look();
    assertThatThrownBy(look::look).hasMessage("the last line is not whole");
    Files.writeString(file, "a rtsp://a 1\nb rtsp://b 1\n");
    look.look();
    assertThat(ids()).containsOnly("a", "b");
  }

  @Test
  void whatIsNoTextIsTold() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, 0, 1});
    look.look();
    assertThatThrownBy(look::look)
        .hasMessage(file + ": is not text in UTF-8; the cameras stay as they are");
  }
}
