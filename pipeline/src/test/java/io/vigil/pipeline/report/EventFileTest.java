package io.vigil.pipeline.report;

import static io.vigil.pipeline.report.Reports.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.events.FrameEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir private Path folder;

  @Test
  void readsStreamsThatWereWrittenInTurns() throws IOException {
    var file =
        EventFile.index(
            Reports.write(
                folder.resolve("events.jsonl"),
                event("b", 0, 0),
                event("b", 1, 1),
                event("a", 0, 0),
                event("b", 2, 2),
                event("a", 1, 1)));
    assertThat(file.streamIds()).containsExactly("a", "b");
    assertThat(seqs(file, "a")).containsExactly(0L, 1L);
    assertThat(seqs(file, "b")).containsExactly(0L, 1L, 2L);
    assertThat(seqs(file, "c")).isEmpty();
  }

  @Test
  void passesOverWhatAtLeastOnceWroteAgain() throws IOException {
    var file =
        EventFile.index(
            Reports.write(
                folder.resolve("events.jsonl"),
                event("a", 0, 0),
                event("a", 1, 1),
                event("a", 2, 2),
                event("a", 1, 1),
                event("a", 2, 2),
                event("a", 3, 3)));
    assertThat(seqs(file, "a")).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void readsALastLineWithoutItsEnd() throws IOException {
    var path = Reports.write(folder.resolve("events.jsonl"), event("a", 0, 0), event("a", 1, 1));
    var text = Files.readString(path);
    Files.writeString(path, text.substring(0, text.length() - 1));
    assertThat(seqs(EventFile.index(path), "a")).containsExactly(0L, 1L);
  }

  @Test
  void namesTheLineThatIsNoEvent() throws IOException {
    var path = Reports.write(folder.resolve("events.jsonl"), event("a", 0, 0));
    long size = Files.size(path);
    Files.writeString(path, "{\"schema\":1}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> EventFile.index(path))
        .isInstanceOf(ReportException.class)
        .hasMessage(
            path
                + ": the line at byte "
                + size
                + " is no event: Event: kind must be text and is missing");
  }

  private static List<Long> seqs(EventFile file, String streamId) {
    var seqs = new ArrayList<Long>();
    try (var cursor = file.open(streamId)) {
      for (FrameEvent event = cursor.next(); event != null; event = cursor.next()) {
        seqs.add(event.seq());
      }
    }
    return seqs;
  }
}
