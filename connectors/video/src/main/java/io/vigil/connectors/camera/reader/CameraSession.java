package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.metrics.CameraMetrics;
import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.FrameGap;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.FrameInfo;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.FramePictures;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.split.FrameReasons;
import io.vigil.model.detect.Letterbox;
import java.time.Duration;
import java.util.UUID;

/**
 * One connection to a camera, from the attempt to its end. Read by the camera's thread; {@link
 * #watch} comes from another.
 */
final class CameraSession {

  /** A sender's clock that is further from this machine's was never set. */
  private static final long MOST_CLOCK_DIFFERENCE_MILLIS = 60_000;

  private static final double MICROS_PER_SECOND = 1e6;
  private static final CameraCounts SAMPLED_OUT = new CameraCounts(1, 1, 0, 0);
  private static final CameraCounts FAILED = new CameraCounts(1, 0, 0, 1);
  private static final CameraCounts TAKEN = new CameraCounts(1, 0, 0, 0);

  private final String id = UUID.randomUUID().toString().replace("-", "");
  private final CameraDefinition camera;
  private final FramePictures pictures;
  private final CameraQueue queue;
  private final LastFrame last;
  private final CameraMetrics metrics;
  private final FrameSampling sampling;
  private CameraCounts passedOver = CameraCounts.NONE;

  /** Of the monotonic clock; 0 before. */
  private long connectedAt;

  private long seq;
  private long firstPts;
  private long lastPts;

  /** Of the monotonic clock; 0 while no frame is waited for. */
  private long waitingSince;

  private boolean stalled;
  private boolean over;

  CameraSession(
      CameraDefinition camera,
      LetterboxSettings letterbox,
      CameraQueue queue,
      LastFrame last,
      CameraMetrics metrics) {
    this.camera = camera;
    this.pictures = new FramePictures(letterbox, camera.settings().masks());
    this.queue = queue;
    this.last = last;
    this.metrics = metrics;
    this.sampling = new FrameSampling(camera);
  }

  /**
   * Reads until the sender ends it.
   *
   * @throws VideoException if it ends in any other way
   */
  void read(VideoDecoder decoder) throws VideoException, InterruptedException {
    connectedAt = System.nanoTime();
    boolean again = last.connected();
    metrics.connected(again);
    tell(again ? StreamNotice.Kind.RECONNECTED : StreamNotice.Kind.CONNECTED, "", null);
    while (next(decoder)) {
      metrics.frameDecoded(decoder.decodeNanos());
      take(decoder);
      seq++;
    }
  }

  private boolean next(VideoDecoder decoder) throws VideoException {
    waiting(System.nanoTime());
    try {
      return decoder.next();
    } finally {
      waiting(0);
    }
  }

  private synchronized void waiting(long since) {
    waitingSince = since;
    stalled &= since != 0;
  }

  /** Tells once that no frame has come for too long. */
  synchronized void watch(long now) throws InterruptedException {
    boolean late = waitingSince != 0 && now - waitingSince > camera.stallLimit().toNanos();
    if (late && !stalled && !over) {
      stalled = true;
      metrics.stalled();
      var detail = "no frame for " + camera.stallLimit().toMillis() + " ms";
      queue.put(notice(StreamNotice.Kind.STALLED, detail, null, CameraCounts.NONE));
    }
  }

  private void take(VideoDecoder decoder) throws VideoException, InterruptedException {
    var frame = decoder.frame();
    long now = System.currentTimeMillis();
    var capture = captureTime(decoder, now);
    tellGap(decoder, capture, now);
    double seconds = decoder.timeBase().seconds(frame.pts() - firstPts);
    last.captured(capture, now);
    if (!sampling.takes(seq, seconds)) {
      metrics.frameSampledOut();
      passedOver = passedOver.plus(SAMPLED_OUT);
      return;
    }
    put(decoder, frame, capture, now);
  }

  private CaptureTime captureTime(VideoDecoder decoder, long now) {
    var sender = decoder.senderEpochMillis();
    boolean known =
        sender.isPresent() && Math.abs(sender.getAsLong() - now) <= MOST_CLOCK_DIFFERENCE_MILLIS;
    return known
        ? new CaptureTime(sender.getAsLong(), CaptureTime.RTCP)
        : new CaptureTime(now, CaptureTime.INGEST);
  }

  private void tellGap(VideoDecoder decoder, CaptureTime capture, long now)
      throws InterruptedException {
    long pts = decoder.frame().pts();
    if (seq == 0) {
      firstPts = pts;
      if (last.isKnown()) {
        tellGap(last.gapTo(capture, now));
      }
    } else {
      long micros = Math.round(decoder.timeBase().seconds(pts - lastPts) * MICROS_PER_SECOND);
      if (last.pace().isGap(micros)) {
        long to = capture.epochMillis();
        tellGap(last.pace().gap(to - micros / 1000, to));
      }
      last.pace().follow(micros);
    }
    lastPts = pts;
  }

  private void tellGap(FrameGap gap) throws InterruptedException {
    boolean any = gap.toEpochMillis() > gap.fromEpochMillis();
    if (gap.frames() > 0 || !last.pace().isKnown() && any) {
      tell(StreamNotice.Kind.GAP, "", gap);
    }
  }

  private void put(VideoDecoder decoder, FrameInfo frame, CaptureTime capture, long now)
      throws InterruptedException {
    VideoRecord record;
    CameraCounts counts;
    try {
      record = letterboxed(decoder, frame, capture);
      counts = TAKEN;
    } catch (VideoException | RuntimeException e) {
      metrics.frameFailed();
      record = failure(decoder, frame, camera + ": " + e.getMessage());
      counts = FAILED;
    }
    var element =
        new CameraElement.Frame(
            record, passedOver.plus(counts), capture.epochMillis(), now, last.pace().frameMicros());
    passedOver = CameraCounts.NONE;
    metrics.framesDropped(queue.put(element));
  }

  private VideoFrame letterboxed(VideoDecoder decoder, FrameInfo frame, CaptureTime capture)
      throws VideoException {
    var box = pictures.letterbox(decoder);
    var pixels = picture(decoder, box);
    return new VideoFrame(
        camera.id(),
        id,
        seq,
        frame.pts(),
        decoder.timeBase().numerator(),
        decoder.timeBase().denominator(),
        capture,
        camera.settings(),
        box,
        pixels,
        camera.overload() == Overload.LATEST,
        System.nanoTime());
  }

  private byte[] picture(VideoDecoder decoder, Letterbox box) throws VideoException {
    long start = System.nanoTime();
    var pixels = pictures.picture(decoder, box);
    metrics.frameLetterboxed(System.nanoTime() - start);
    return pixels;
  }

  private FrameFailure failure(VideoDecoder decoder, FrameInfo frame, String reason) {
    return new FrameFailure(
        camera.id(),
        id,
        seq,
        frame.pts(),
        decoder.timeBase().numerator(),
        decoder.timeBase().denominator(),
        FrameReasons.LETTERBOX,
        reason);
  }

  private void tell(StreamNotice.Kind kind, String detail, FrameGap gap)
      throws InterruptedException {
    queue.put(notice(kind, detail, gap, passedOver));
    passedOver = CameraCounts.NONE;
  }

  private CameraElement.Notice notice(
      StreamNotice.Kind kind, String detail, FrameGap gap, CameraCounts counts) {
    return new CameraElement.Notice(id, kind, detail, gap, counts, System.currentTimeMillis());
  }

  /** The last that is told. */
  synchronized void end(StreamNotice.Kind kind, String detail) throws InterruptedException {
    over = true;
    tell(kind, detail, null);
  }

  /** Whether it was connected for that long. */
  boolean lasted(Duration time) {
    return connectedAt != 0 && System.nanoTime() - connectedAt > time.toNanos();
  }
}
