package io.vigil.pipeline.chaos;

import io.vigil.events.StreamEvent.Kind;
import io.vigil.faults.Clip;
import io.vigil.faults.Link.Quality;
import io.vigil.pipeline.chaos.LiveFault.Scope;
import java.util.List;
import java.util.Set;

/** The faults of live jobs. */
final class LiveFaults {

  private static final Set<Kind> OVER = Set.of(Kind.ENDED, Kind.FAILED);
  private static final List<Set<Kind>> LOST =
      List.of(OVER, Set.of(Kind.RECONNECTED), Set.of(Kind.GAP));
  private static final List<Set<Kind>> FROZEN =
      List.of(Set.of(Kind.STALLED), OVER, Set.of(Kind.RECONNECTED), Set.of(Kind.GAP));
  private static final List<Set<Kind>> NOTHING = List.of();

  private LiveFaults() {}

  static List<LiveFault> all() {
    return List.of(
        new LiveFault(
            "server-killed",
            "the camera's server is killed and started again",
            Scope.VICTIM,
            LOST,
            rig -> rig.victimServer().kill(),
            rig -> rig.victimServer().restart(rig.clip(Clip.H264))),
        new LiveFault(
            "server-frozen",
            "the camera's server hangs with its connections open",
            Scope.VICTIM,
            FROZEN,
            rig -> rig.victimServer().freeze(),
            rig -> rig.victimServer().thaw()),
        new LiveFault(
            "other-size",
            "the camera comes back with another size",
            Scope.VICTIM,
            LOST,
            rig -> rig.victimServer().kill(),
            rig -> rig.victimServer().restart(rig.clip(Clip.LARGE))),
        new LiveFault(
            "other-codec-and-rate",
            "the camera comes back with H.265 and 10 frames/s",
            Scope.VICTIM,
            LOST,
            rig -> rig.victimServer().kill(),
            rig -> rig.victimServer().restart(rig.clip(Clip.H265), "--fps", "10")),
        new LiveFault(
            "link-cut",
            "the network to the camera is gone for a while",
            Scope.VICTIM,
            LOST,
            rig -> rig.link().down(),
            rig -> rig.link().up()),
        new LiveFault(
            "garbage",
            "20 of 1000 bytes from the camera are others",
            Scope.VICTIM,
            NOTHING,
            rig -> rig.link().set(Quality.GOOD.withSpoiltPerMille(20)),
            rig -> rig.link().set(Quality.GOOD)),
        new LiveFault(
            "slow-link",
            "1 kB/s from the camera, half a second late",
            Scope.VICTIM,
            NOTHING,
            rig -> rig.link().set(Quality.GOOD.withBytesPerSecond(1_000).withDelayMillis(500)),
            rig -> rig.link().set(Quality.GOOD)),
        new LiveFault(
            "broker-restarted",
            "the Kafka broker is stopped and started again",
            Scope.NOBODY,
            NOTHING,
            LiveRig::stopBroker,
            LiveRig::startBroker),
        new LiveFault(
            "task-manager-killed",
            "a task manager ends, and another comes",
            Scope.JOB,
            LOST,
            rig -> rig.job().replaceTaskManager(),
            rig -> {}),
        new LiveFault(
            "out-of-memory",
            "the device has memory for one picture only",
            Scope.NOBODY,
            NOTHING,
            rig -> rig.detector().memoryFor(1),
            rig -> rig.detector().memoryFor(Integer.MAX_VALUE)));
  }
}
