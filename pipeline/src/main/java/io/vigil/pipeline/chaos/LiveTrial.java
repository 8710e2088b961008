package io.vigil.pipeline.chaos;

import io.vigil.events.StreamEvent;
import io.vigil.events.StreamEvent.Kind;
import io.vigil.pipeline.chaos.LiveFault.Scope;
import io.vigil.pipeline.trial.StreamFigures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;

/** One fault of a live job, from the quiet before to the quiet after. */
final class LiveTrial {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of faults that need not show. */
  private static final Duration HOLD = Duration.ofSeconds(3);

  private static final int FRAMES_AFTERWARDS = 25;

  /** What a stream was like before the fault. */
  private record Before(int told, long missing, int sessions, long seen) {
    static Before of(StreamFigures stream) {
      return new Before(stream.story().size(), stream.missing(), stream.sessions(), stream.seen());
    }
  }

  private final LiveRig rig;
  private final LiveFault fault;
  private final Verdict verdict = new Verdict();
  private final Map<String, Before> before = new HashMap<>();
  private long restarts;

  LiveTrial(LiveRig rig, LiveFault fault) {
    this.rig = rig;
    this.fault = fault;
  }

  Verdict run() throws Exception {
    requireFrames("before the fault");
    verdict.require(rig.job().checkpoint(PATIENCE), "no checkpoint was completed before the fault");
    restarts = rig.job().restarts();
    rig.all().forEach(id -> before.put(id, Before.of(rig.watch().of(id))));
    rig.detector().largestBatch();
    fault.begin().run(rig);
    var during = checkpointDuring();
    awaitShown();
    fault.end().run(rig);
    requireFrames("after the fault");
    requireCheckpoint(during);
    requireStory();
    requireNobodyElseHarmed();
    requireBooks();
    return verdict;
  }

  /** Of one that its fault holds up, it is enough that it is completed afterwards. */
  private boolean checkpointDuring() throws InterruptedException {
    return rig.job().checkpoint(HOLD);
  }

  private void requireCheckpoint(boolean during) throws InterruptedException {
    boolean heldUp = fault.name().equals("broker-restarted") || fault.scope() == Scope.JOB;
    verdict.require(during || heldUp, "no checkpoint was completed during the fault");
    verdict.require(rig.job().checkpoint(PATIENCE), "no checkpoint was completed after the fault");
    verdict.require(rig.job().status() == JobStatus.RUNNING, "the job is " + rig.job().status());
  }

  private void awaitShown() throws Exception {
    if (fault.story().isEmpty() || fault.scope() == Scope.JOB) {
      rig.watch().await(HOLD, () -> false);
      return;
    }
    int beginning = fault.story().size() - 2; // without its end: reconnected, gap
    boolean shown =
        rig.watch()
            .await(PATIENCE, () -> tells(LiveRig.VICTIM, fault.story().subList(0, beginning)));
    verdict.require(shown, "the fault is not told on the status topic");
  }

  private void requireFrames(String when) throws Exception {
    var now = new HashMap<String, Long>();
    rig.all().forEach(id -> now.put(id, rig.watch().of(id).seen()));
    for (var id : rig.all()) {
      boolean comes =
          rig.watch()
              .await(PATIENCE, () -> rig.watch().of(id).seen() >= now.get(id) + FRAMES_AFTERWARDS);
      verdict.require(comes, id + " gives no frames " + when);
    }
  }

  private void requireStory() throws Exception {
    if (fault.scope() == Scope.VICTIM) {
      awaitStory(LiveRig.VICTIM);
      verdict.note("told: " + kinds(LiveRig.VICTIM));
    } else if (fault.scope() == Scope.JOB) {
      // Flink restores the tasks that were lost with it, and leaves the others alone
      var harmed = rig.all().stream().filter(id -> !story(id).isEmpty()).toList();
      for (var id : harmed) {
        awaitStory(id);
      }
      verdict.require(!harmed.isEmpty(), "no camera tells of it");
      verdict.note("of " + harmed.size() + " cameras");
    }
  }

  private void awaitStory(String id) throws Exception {
    boolean told = rig.watch().await(PATIENCE, () -> tells(id, fault.story()));
    verdict.require(told, id + " tells no such story: " + kinds(id));
  }

  private List<StreamEvent> story(String id) {
    var story = rig.watch().of(id).story();
    return story.subList(before.get(id).told, story.size());
  }

  private String kinds(String id) {
    return story(id).stream()
        .map(event -> event.kind().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private boolean tells(String id, List<Set<Kind>> wanted) {
    int next = 0;
    for (var event : story(id)) {
      if (next < wanted.size() && wanted.get(next).contains(event.kind())) {
        next++;
      }
    }
    return next == wanted.size();
  }

  private void requireNobodyElseHarmed() throws Exception {
    long again = rig.job().restarts() - restarts;
    if (fault.scope() == Scope.JOB) {
      verdict.require(again > 0, "nothing was restarted");
    } else {
      verdict.require(again == 0, "the job was restarted " + again + " times");
    }
    for (var id : untouched()) {
      var stream = rig.watch().of(id);
      long lost = stream.missing() - before.get(id).missing;
      verdict.require(lost == 0, id + " lost " + lost + " frames");
      verdict.require(story(id).isEmpty(), id + " was disturbed: " + kinds(id));
      verdict.require(stream.sessions() == before.get(id).sessions, id + " was connected to again");
    }
    if (fault.name().equals("out-of-memory")) {
      int largest = rig.detector().largestBatch();
      verdict.note("largest batch: " + largest);
      verdict.require(largest <= 1, "batches of " + largest + " pictures were inferred");
    }
  }

  private List<String> untouched() {
    return switch (fault.scope()) {
      case VICTIM -> rig.others();
      case NOBODY -> rig.all();
      case JOB -> rig.all().stream().filter(id -> story(id).isEmpty()).toList();
    };
  }

  private void requireBooks() {
    for (var id : rig.all()) {
      var stream = rig.watch().of(id);
      verdict.require(stream.doubled() == 0, id + " has " + stream.doubled() + " frames twice");
      for (var event : story(id)) {
        requireBooks(stream, event);
      }
    }
  }

  private void requireBooks(StreamFigures stream, StreamEvent event) {
    var ledger = event.ledger();
    boolean over = event.kind() == Kind.ENDED || event.kind() == Kind.FAILED;
    if (over) {
      var name = event.streamId() + ", " + event.kind() + ": ";
      verdict.require(ledger.balances(), name + "its ledger does not balance: " + ledger);
      long seen = stream.framesOf(event.session());
      long told = ledger.detected() + ledger.failed().getOrDefault("letterbox", 0L);
      boolean restored = event.detail().startsWith("the job was restored");
      verdict.require(
          restored ? told <= seen : told == seen,
          name + "it tells of " + told + " frames, and " + seen + " are there");
    }
    if (event.kind() == Kind.GAP) {
      verdict.require(
          event.gap().frames() > 0 && event.gap().to() > event.gap().from(),
          event.streamId() + ": a gap of nothing: " + event.gap());
    }
  }
}
