package io.vigil.pipeline.operator;

import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.events.Event;
import io.vigil.events.EventIds;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.FrameEvent.ModelRef;
import io.vigil.events.FrameEvent.TimeBase;
import io.vigil.events.StreamEvent;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.Detection;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.model.runtime.ModelMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes events of one model and one choice of settings, in which streams may have their own. Their
 * values depend on nothing else but what comes in: no clock, no company. Safe for use by several
 * threads.
 */
final class FrameEvents {

  /** The stages that a frame can fail in here. */
  static final String INFERENCE = "inference";

  static final String POST_PROCESSING = "postprocessing";

  private record Shape(int height, int width) {}

  private final ModelMetadata model;
  private final ModelRef modelRef;
  private final AnchorLayout layout;
  private final StreamDetections detections;

  /** Of what is no frame. */
  private final String settingsDigest;

  private final Map<Shape, Anchors> anchors = new ConcurrentHashMap<>();

  FrameEvents(ModelMetadata model, DetectionSettings settings) {
    this.model = model;
    this.modelRef = new ModelRef(model.name(), model.digest(), model.domain());
    this.layout = model.anchorLayout();
    this.detections = new StreamDetections(settings, model.labels());
    this.settingsDigest = settings.digest();
  }

  boolean mayLackCandidates(VideoFrame frame, Candidates candidates) {
    return candidates.count() >= model.topK()
        && detections.of(frame.settings()).postProcessor().mayLackCandidates(candidates);
  }

  /** The frame with what was detected; if that fails, a failed frame. */
  Event detected(VideoFrame frame, Candidates candidates) {
    try {
      return event(frame, candidates);
    } catch (RuntimeException e) {
      return failed(frame, POST_PROCESSING, e);
    }
  }

  private FrameEvent event(VideoFrame frame, Candidates candidates) {
    var letterbox = frame.letterbox();
    var choice = detections.of(frame.settings());
    var found = choice.postProcessor().detect(candidates, anchors(letterbox), letterbox);
    return new FrameEvent(
        EventIds.frame(
            frame.streamId(), frame.session(), frame.seq(), model.digest(), choice.digest()),
        frame.streamId(),
        frame.session(),
        frame.seq(),
        frame.pts(),
        new TimeBase(frame.timeBaseNumerator(), frame.timeBaseDenominator()),
        captureTime(frame),
        letterbox.sourceWidth(),
        letterbox.sourceHeight(),
        found.stream().map(this::object).toList(),
        modelRef);
  }

  private static FrameEvent.CaptureTime captureTime(VideoFrame frame) {
    var time = frame.captureTime();
    return time == null ? null : new FrameEvent.CaptureTime(time.epochMillis(), time.clock());
  }

  private Anchors anchors(Letterbox letterbox) {
    return anchors.computeIfAbsent(
        new Shape(letterbox.height(), letterbox.width()),
        shape -> Anchors.of(layout, shape.height, shape.width));
  }

  private DetectedObject object(Detection detection) {
    var label = model.labels().get(detection.classIndex());
    return new DetectedObject(
        label.id(),
        label.name(),
        detection.score(),
        detection.x1(),
        detection.y1(),
        detection.x2(),
        detection.y2());
  }

  FailedFrame failed(VideoFrame frame, String stage, RuntimeException cause) {
    var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return failed(
        new FrameFailure(
            frame.streamId(),
            frame.session(),
            frame.seq(),
            frame.pts(),
            frame.timeBaseNumerator(),
            frame.timeBaseDenominator(),
            stage,
            reason));
  }

  FailedFrame failed(FrameFailure failure) {
    return new FailedFrame(
        EventIds.failedFrame(
            failure.streamId(), failure.session(), failure.seq(), model.digest(), settingsDigest),
        failure.streamId(),
        failure.session(),
        failure.seq(),
        failure.pts(),
        new TimeBase(failure.timeBaseNumerator(), failure.timeBaseDenominator()),
        failure.stage(),
        failure.reason());
  }

  StreamEvent stream(StreamNotice notice, StreamEvent.Ledger ledger) {
    var kind = StreamEvent.Kind.valueOf(notice.kind().name());
    var gap = notice.gap();
    return new StreamEvent(
        streamEventId(notice, kind),
        notice.streamId(),
        notice.session(),
        kind,
        ledger,
        notice.detail(),
        gap == null
            ? null
            : new StreamEvent.Gap(gap.fromEpochMillis(), gap.toEpochMillis(), gap.frames()));
  }

  private String streamEventId(StreamNotice notice, StreamEvent.Kind kind) {
    var stream = notice.streamId();
    var session = notice.session();
    return switch (kind) {
      case CONNECTED, RECONNECTED, ENDED, FAILED, REFUSED ->
          EventIds.stream(stream, session, kind, model.digest(), settingsDigest);
      case STALLED, GAP ->
          EventIds.stream(stream, session, kind, notice.decoded(), model.digest(), settingsDigest);
    };
  }
}
