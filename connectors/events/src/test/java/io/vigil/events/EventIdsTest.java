package io.vigil.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  /** Ids are a contract with consumers: this one must never change. */
  @Test
  void anIdNeverMoves() {
    assertThat(EventIds.frame("gate", "s1", 7, "aa", "bb"))
        .isEqualTo("2ae869a9fc2b680b5c2180c789329a72");
  }

  @Test
  void everyPartChangesTheId() {
    assertThat(
            Stream.of(
                EventIds.frame("gate", "s1", 7, "aa", "bb"),
                EventIds.frame("gat", "es1", 7, "aa", "bb"),
                EventIds.frame("gate", "s17", 0, "aa", "bb"),
                EventIds.frame("gate", "s1", 7, "aab", "b"),
                EventIds.frame("gate", "s1", 7, "aa", "bc"),
                EventIds.failedFrame("gate", "s1", 7, "aa", "bb"),
                EventIds.stream("gate", "s1", StreamEvent.Kind.CONNECTED, "aa", "bb"),
                EventIds.stream("gate", "s1", StreamEvent.Kind.ENDED, "aa", "bb"),
                EventIds.stream("gate", "s1", StreamEvent.Kind.FAILED, "aa", "bb"),
                EventIds.stream("gate", "s1", StreamEvent.Kind.STALLED, 1, "aa", "bb"),
                EventIds.stream("gate", "s1", StreamEvent.Kind.STALLED, 2, "aa", "bb"),
                EventIds.stream("gate", "s1", StreamEvent.Kind.GAP, 2, "aa", "bb")))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }
}
