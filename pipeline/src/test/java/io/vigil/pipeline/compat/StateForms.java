package io.vigil.pipeline.compat;

import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraPosition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.camera.split.CameraSplitSerializer;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.camera.split.Transport;
import io.vigil.connectors.frames.enumerator.FramesEnumeratorState;
import io.vigil.connectors.frames.enumerator.FramesEnumeratorStateSerializer;
import io.vigil.connectors.frames.split.DecodingPoint;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.frames.split.FramesSplitSerializer;
import io.vigil.connectors.frames.split.StreamPosition;
import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.decode.TimeBase;
import io.vigil.connectors.video.split.FrameAnchor;
import io.vigil.connectors.video.split.FrameCounts;
import io.vigil.connectors.video.split.VideoPosition;
import io.vigil.connectors.video.split.VideoPosition.Phase;
import io.vigil.connectors.video.split.VideoSplit;
import io.vigil.connectors.video.split.VideoSplitSerializer;
import io.vigil.connectors.video.state.UnassignedSplits;
import io.vigil.connectors.video.state.UnassignedSplitsSerializer;
import io.vigil.pipeline.operator.LedgerForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everything that a checkpoint of a job can hold. */
final class StateForms {

  private static final VideoSplit FILE =
      new VideoSplit(
          "gate.mp4",
          "/videos/gate.mp4",
          new VideoPosition(
              Phase.READING, "5f", 7, 100, 700, true, 5, 7_800, new FrameCounts(1, 2, 3)),
          List.of(new FrameAnchor(5, 500, 55), new FrameAnchor(6, 600, -66)));

  private static final FramesSplit PARTITION =
      new FramesSplit("frames", 3, 900, 500, 123_456, new TreeMap<>(Map.of("gate", stream())));

  private StateForms() {}

  static List<StateForm<?>> all() {
    return List.of(
        new StateForm<>("video-split", VideoSplitSerializer.INSTANCE, FILE),
        new StateForm<>("camera-split", CameraSplitSerializer.INSTANCE, camera()),
        new StateForm<>("frames-split", FramesSplitSerializer.INSTANCE, PARTITION),
        new StateForm<>(
            "video-enumerator",
            new UnassignedSplitsSerializer<>(VideoSplitSerializer.INSTANCE),
            new UnassignedSplits<>(List.of(FILE))),
        new StateForm<>(
            "camera-enumerator",
            new UnassignedSplitsSerializer<>(CameraSplitSerializer.INSTANCE),
            new UnassignedSplits<>(List.of(camera()))),
        new StateForm<>(
            "frames-enumerator",
            FramesEnumeratorStateSerializer.INSTANCE,
            new FramesEnumeratorState(Set.of(4), List.of(PARTITION))),
        LedgerForm.form());
  }

  private static StreamPosition stream() {
    return new StreamPosition(
        "5f",
        480,
        20,
        new TreeMap<>(Map.of("keyframe", 4L)),
        new TreeMap<>(Map.of("decode", 5L, "record", 6L)),
        1_900,
        new TimeBase(1, 90_000),
        22_000,
        List.of(new DecodingPoint(481, 1), new DecodingPoint(490, 10)),
        new FrameAnchor(19, 1_900, 77),
        true);
  }

  private static CameraSplit camera() {
    var corners = List.of(new Mask.Corner(0, 0), new Mask.Corner(0.5, 0), new Mask.Corner(0, 1));
    var camera =
        CameraDefinition.builder("gate", "rtsps://gate.example/a")
            .transport(Transport.UDP)
            .credentials("env:GATE")
            .verifyCertificates(false)
            .certificates("/etc/gate.pem")
            .connectTimeout(Duration.ofSeconds(1))
            .stallLimit(Duration.ofSeconds(2))
            .readTimeout(Duration.ofSeconds(3))
            .everyNth(4)
            .mostFramesPerSecond(5.5)
            .overload(Overload.BLOCK)
            .settings(new StreamSettings(0.6, List.of("car"), List.of(new Mask(corners))))
            .build();
    var counts = new CameraCounts(100, 20, 30, 4);
    var position = new CameraPosition("5f", true, true, counts, 1_111, 40_000, 2_222);
    return new CameraSplit(camera, position, true);
  }
}
