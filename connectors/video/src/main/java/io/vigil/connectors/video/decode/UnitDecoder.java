package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_OUTPUT_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.FF_COMPLIANCE_STRICT;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.vigil.model.detect.Letterbox;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Units of one codec, handed over one by one, and their frames in presentation order.
 *
 * <pre>{@code
 * decoder.send(unit, number);
 * while (decoder.next()) {
 *   byte[] pixels = decoder.letterbox(letterbox, fill);  // of the unit decoder.id()
 * }
 * }</pre>
 *
 * <p>One thread, so an error belongs to the unit that was sent last, and the same units always give
 * the same frames after the same units. How long frames are held back to be put in order is what
 * the stream says or its level allows, never a guess that later frames correct.
 *
 * <p>Not for use by several threads.
 */
public final class UnitDecoder implements AutoCloseable {

  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final FramePixels pixels = new FramePixels();
  private boolean hasFrame;

  private UnitDecoder(AVCodecContext context) {
    this.context = context;
  }

  /**
   * @param mostPixels of a picture; a larger one is refused before memory is taken for it
   * @throws VideoException if FFmpeg has no such decoder
   */
  public static UnitDecoder open(UnitCodec codec, long mostPixels) throws VideoException {
    FFmpeg.load();
    var decoder = avcodec_find_decoder(codec.id());
    var context = avcodec_alloc_context3(decoder);
    context.thread_count(1).max_pixels(mostPixels);
    switch (codec) {
      case JPEG, PNG -> context.err_recognition(context.err_recognition() | AV_EF_EXPLODE);
      // else it begins with no delay and finds out by frames that come out of order
      case H264 -> context.strict_std_compliance(FF_COMPLIANCE_STRICT);
      // as files are decoded
      case H265 -> context.flags(context.flags() | AV_CODEC_FLAG_OUTPUT_CORRUPT);
    }
    int status = avcodec_open2(context, decoder, (AVDictionary) null);
    if (status < 0) {
      avcodec_free_context(context);
      throw new VideoException(
          "the decoder of %s does not start (%s)"
              .formatted(codec.label(), FFmpeg.errorText(status)));
    }
    return new UnitDecoder(context);
  }

  /**
   * Takes in a unit, when {@link #next} has returned false or nothing was sent yet.
   *
   * @param id comes back with its frame
   * @throws VideoException if it cannot be decoded
   */
  public void send(byte[] unit, long id) throws VideoException {
    av_packet_unref(packet);
    if (av_new_packet(packet, unit.length) < 0) {
      throw new VideoException("no memory for a unit of " + unit.length + " bytes");
    }
    packet.data().put(unit);
    packet.pts(id);
    require(avcodec_send_packet(context, packet));
    av_packet_unref(packet);
  }

  /** No unit follows; {@link #next} gives the frames that were held back. */
  public void drain() {
    avcodec_send_packet(context, (AVPacket) null);
  }

  /** Forgets all units until now, and can be sent others. */
  public void reset() {
    avcodec_flush_buffers(context);
    hasFrame = false;
  }

  /**
   * @return whether there is a frame, which the other methods are about until the next call
   * @throws VideoException if the unit that was sent last cannot be decoded
   */
  public boolean next() throws VideoException {
    hasFrame = false;
    int status = avcodec_receive_frame(context, frame);
    if (status == AVERROR_EAGAIN() || status == AVERROR_EOF) {
      return false;
    }
    require(status);
    hasFrame = true;
    return true;
  }

  private static void require(int status) throws VideoException {
    if (status < 0) {
      throw new VideoException("cannot be decoded (" + FFmpeg.errorText(status) + ")");
    }
  }

  /** Of the unit that the frame came from. */
  public long id() {
    requireFrame();
    return frame.pts();
  }

  /** As displayed. */
  public int width() {
    requireFrame();
    return FramePixels.geometry(frame).width();
  }

  /** As displayed. */
  public int height() {
    requireFrame();
    return FramePixels.geometry(frame).height();
  }

  /**
   * @param letterbox for a source of the frame's displayed size
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   * @throws VideoException if its pixel format cannot be converted
   */
  public byte[] letterbox(Letterbox letterbox, Fill fill) throws VideoException {
    requireFrame();
    return pixels.letterbox(frame, letterbox, fill);
  }

  private void requireFrame() {
    if (!hasFrame) {
      throw new IllegalStateException("no current frame; next() must return true");
    }
  }

  @Override
  public void close() {
    pixels.close();
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
