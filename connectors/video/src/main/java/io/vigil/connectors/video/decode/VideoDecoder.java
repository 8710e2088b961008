package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.vigil.model.detect.Letterbox;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;

/**
 * The frames of a video file, in presentation order.
 *
 * <pre>{@code
 * try (var decoder = VideoDecoder.open(Path.of("street.mp4"), 2)) {
 *   while (decoder.next()) {
 *     double seconds = decoder.timeBase().seconds(decoder.frame().pts());
 *     BufferedImage picture = decoder.image();
 *   }
 * }
 * }</pre>
 *
 * <p>Frames come out as FFmpeg's {@code ffprobe -count_frames} counts them, from damaged files too:
 * a packet that cannot be decoded is passed over, and what the decoder conceals is a frame. Any
 * number of threads gives the same pixels: at the first damage the file is decoded again up to
 * there, and from then on with one thread. (Not noticed is only a picture in H.265 that ends early
 * without any error.) Rotation and pixel aspect are honoured, and the colour matrix and range of
 * the stream ({@link ColourSpace}). Interlaced video is not deinterlaced, and high dynamic range is
 * not tone-mapped.
 *
 * <p>For one thread at a time; only {@link #close} may come from another, and ends a hung read.
 */
public final class VideoDecoder implements AutoCloseable {

  private final Location location;
  private final ReadInterrupt interrupt;
  private final AVFrame frame = av_frame_alloc();
  private final RgbConverter converter = new RgbConverter();
  private final PlanarYuv planarYuv = new PlanarYuv();
  private final Letterboxer letterboxer = new Letterboxer();
  private DecoderStack stack;
  private OptionalLong soughtPts = OptionalLong.empty();
  private long delivered;
  private long decodeNanos;
  private DisplayGeometry geometry;
  private FrameInfo current;
  private boolean closed;

  private VideoDecoder(Location location, ReadInterrupt interrupt, DecoderStack stack) {
    this.location = location;
    this.interrupt = interrupt;
    this.stack = stack;
  }

  /**
   * @param threads of the codec; 0 for one a core and one more
   * @throws VideoException if it is not a video that can be decoded
   */
  public static VideoDecoder open(Path path, int threads) throws VideoException {
    return open(path, threads, new ReadInterrupt());
  }

  /**
   * Opens it such that another thread can end a read that hangs, also while it is opened.
   *
   * @param threads of the codec; 0 for one a core and one more
   * @param interrupt the decoder's from now on, which closes it
   * @throws VideoException if it is not a video that can be decoded, or the interrupt was raised
   */
  public static VideoDecoder open(Path path, int threads, ReadInterrupt interrupt)
      throws VideoException {
    return open(Location.of(path), threads, interrupt);
  }

  /**
   * Opens a live stream: one thread, so no frame waits for the next, and damage is concealed. Its
   * {@link #next} returns false when the sender ends it.
   *
   * @param interrupt the decoder's from now on
   * @throws VideoException if it cannot be connected to in time, or has no video
   */
  public static VideoDecoder open(LiveInput live, ReadInterrupt interrupt) throws VideoException {
    return open(Location.of(live), 1, interrupt);
  }

  /**
   * @param interrupt the decoder's from now on
   */
  static VideoDecoder open(Location location, int threads, ReadInterrupt interrupt)
      throws VideoException {
    try {
      return new VideoDecoder(location, interrupt, DecoderStack.open(location, interrupt, threads));
    } catch (VideoException | RuntimeException e) {
      interrupt.close();
      throw e;
    }
  }

  /**
   * Reads the header only.
   *
   * @throws VideoException if it is not a video
   */
  public static VideoInfo probe(Path path) throws VideoException {
    try (var interrupt = new ReadInterrupt();
        var input = VideoInput.open(Location.of(path), interrupt)) {
      return VideoProbe.probe(input);
    }
  }

  /** What the stream says of itself. */
  public VideoInfo info() {
    return VideoProbe.probe(stack.input());
  }

  /** Whether the current frame needs no other. */
  public boolean isKeyFrame() {
    frame();
    return (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
  }

  /** Of the pts of every frame. */
  public TimeBase timeBase() {
    return stack.times().timeBase();
  }

  /**
   * Decodes the next frame, which the other methods are about until the next call.
   *
   * @return false at the end
   * @throws VideoException after the last frame that could be decoded, if the file was cut off or
   *     damaged there
   */
  public synchronized boolean next() throws VideoException {
    requireOpen();
    current = null;
    if (!advance()) {
      requireOpen();
      stack.requireWhole();
      return false;
    }
    delivered++;
    current = describe();
    return true;
  }

  private boolean advance() throws VideoException {
    stack.input().awaitFrame();
    long start = System.nanoTime() - stack.reader().nanosOfReading();
    var step = stack.reader().next(frame);
    decodeNanos = System.nanoTime() - stack.reader().nanosOfReading() - start;
    if (step == FrameReader.Step.DAMAGE) {
      repeatWithOneThread();
      step = stack.reader().next(frame);
    }
    return step == FrameReader.Step.FRAME;
  }

  /** Comes back to the same place; the frames until there were sound, so they are the same. */
  private void repeatWithOneThread() throws VideoException {
    requireOpen();
    stack.close();
    stack = DecoderStack.open(location, interrupt, 1);
    if (soughtPts.isPresent()) {
      stack.seek(soughtPts.getAsLong());
    }
    for (long i = 0; i < delivered; i++) {
      requireOpen();
      stack.reader().next(frame);
      describe();
    }
  }

  private FrameInfo describe() {
    var input = stack.input();
    try (var aspect = av_guess_sample_aspect_ratio(input.format(), input.stream(), frame)) {
      geometry =
          DisplayGeometry.of(
              frame.width(), frame.height(), aspect.num(), aspect.den(), orientation());
    }
    boolean exact = frame.best_effort_timestamp() != AV_NOPTS_VALUE;
    return new FrameInfo(stack.time(frame), exact, geometry.width(), geometry.height());
  }

  private Orientation orientation() {
    var matrix = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    return matrix == null
        ? Orientation.UPRIGHT
        : Orientation.ofDisplayMatrix(new IntPointer(matrix.data()));
  }

  /**
   * @throws IllegalStateException before the first and after the last frame
   */
  public FrameInfo frame() {
    if (current == null) {
      throw new IllegalStateException(
          location.name() + ": no current frame; next() must return true");
    }
    return current;
  }

  /** What {@link #next} took, without reading packets and waiting for them. */
  public long decodeNanos() {
    return decodeNanos;
  }

  /**
   * When the sender took the current frame, by its own clock, milliseconds since 1970; empty for
   * files, and before its first report.
   */
  public OptionalLong senderEpochMillis() {
    return stack.senderEpochMillis(frame().pts());
  }

  /**
   * The current frame as a model picture.
   *
   * @param letterbox for a source of the frame's displayed size
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   * @throws VideoException if its pixel format cannot be converted
   */
  public synchronized byte[] letterbox(Letterbox letterbox, Fill fill) throws VideoException {
    requireOpen();
    frame();
    var picture = PlanarYuv.takes(frame) ? planarYuv.of(frame) : converter.convert(frame);
    return letterboxer.letterbox(picture, geometry.orientation(), letterbox, fill);
  }

  /**
   * The current frame as displayed.
   *
   * @return uint8 RGB, [frame.height, frame.width, 3], the caller's own
   * @throws VideoException if its pixel format cannot be converted
   */
  public byte[] picture() throws VideoException {
    int width = frame().width();
    int height = frame().height();
    return letterbox(Letterbox.of(width, height, Math.max(width, height), 1, false), Fill.BLACK);
  }

  /**
   * The current frame as displayed, TYPE_3BYTE_BGR.
   *
   * @throws VideoException if its pixel format cannot be converted
   */
  public BufferedImage image() throws VideoException {
    return Images.ofRgb(picture(), frame().width(), frame().height());
  }

  /**
   * Goes on from a key frame at or before the pts. The first frames may be missing or wrong, as
   * they may need ones before the key frame.
   *
   * @return false if the container cannot; the position is undefined then
   */
  public synchronized boolean seek(long pts) throws VideoException {
    requireOpen();
    current = null;
    soughtPts = OptionalLong.of(pts);
    delivered = 0;
    return stack.seek(pts);
  }

  private void requireOpen() throws VideoException {
    if (closed || interrupt.isRaised()) {
      throw new VideoException(location.name() + ": closed while it was read");
    }
  }

  /** Ends a hung read of another thread and waits for it. */
  @Override
  public void close() {
    interrupt.raise();
    synchronized (this) {
      if (!closed) {
        closed = true;
        letterboxer.close();
        planarYuv.close();
        converter.close();
        av_frame_free(frame);
        stack.close();
        interrupt.close();
      }
    }
  }
}
