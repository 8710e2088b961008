package io.vigil.connectors.frames.picture;

import io.vigil.connectors.frames.record.FrameCodec;
import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.FrameHeaders.Size;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.video.decode.RawPicture;
import io.vigil.connectors.video.decode.UnitCodec;
import io.vigil.connectors.video.decode.UnitDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.split.FrameReasons;
import io.vigil.model.detect.Letterbox;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Records that hold a whole picture each, made model pictures. What a picture would cost is known
 * from its first bytes, and refused before memory is taken for it. For one thread.
 */
public final class Pictures implements AutoCloseable {

  private final LetterboxSettings settings;
  private final FrameLimits limits;
  private final Map<UnitCodec, UnitDecoder> decoders = new EnumMap<>(UnitCodec.class);
  private final RawPicture raw = new RawPicture();

  public Pictures(LetterboxSettings settings, FrameLimits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  /**
   * A model picture.
   *
   * @param rgb uint8, [letterbox.height, letterbox.width, 3]
   */
  public record Picture(Letterbox letterbox, byte[] rgb) {}

  /**
   * @throws RefusedException if it is not what its headers say, too large, or damaged
   */
  public Picture of(byte[] value, FrameHeaders headers) throws RefusedException {
    try {
      return headers.codec() == FrameCodec.RAW ? ofRaw(value, headers) : decoded(value, headers);
    } catch (VideoException e) {
      throw new RefusedException(FrameReasons.DECODE, e.getMessage());
    }
  }

  private Picture ofRaw(byte[] value, FrameHeaders headers)
      throws RefusedException, VideoException {
    var size = headers.size().orElseThrow();
    SizeRules.requireAffordable(size, limits);
    int bytes = RawPicture.bytes(headers.pixelFormat(), size.width(), size.height());
    if (value.length != bytes) {
      throw RefusedException.ofRecord(
          "a picture of %s in %s has %d bytes, and this has %d"
              .formatted(size, headers.pixelFormat(), bytes, value.length));
    }
    var letterbox = settings.letterbox(size.width(), size.height());
    var rgb =
        raw.letterbox(
            value, headers.pixelFormat(), size.width(), size.height(), letterbox, settings.fill());
    return new Picture(letterbox, rgb);
  }

  private Picture decoded(byte[] value, FrameHeaders headers)
      throws RefusedException, VideoException {
    var codec = headers.codec().unit();
    SizeRules.require(stated(value, codec), headers, limits);
    var decoder = decoder(codec);
    try {
      decoder.send(codec == UnitCodec.PNG ? PngChunks.ofPicture(value) : value, 0);
      decoder.drain();
      if (!decoder.next()) {
        throw new VideoException("cannot be decoded (it holds no picture)");
      }
      var letterbox = settings.letterbox(decoder.width(), decoder.height());
      return new Picture(letterbox, decoder.letterbox(letterbox, settings.fill()));
    } finally {
      decoder.reset();
    }
  }

  private UnitDecoder decoder(UnitCodec codec) throws VideoException {
    var decoder = decoders.get(codec);
    if (decoder == null) {
      decoder = UnitDecoder.open(codec, limits.mostPixels());
      decoders.put(codec, decoder);
    }
    return decoder;
  }

  private static Size stated(byte[] value, UnitCodec codec) throws RefusedException {
    boolean jpeg = codec == UnitCodec.JPEG;
    if (!(jpeg ? PictureSize.isJpeg(value) : PictureSize.isPng(value))) {
      throw RefusedException.ofRecord(
          "header vigil-codec is %s, and the content is %s".formatted(codec.label(), seen(value)));
    }
    Optional<Size> size = jpeg ? PictureSize.ofJpeg(value) : PictureSize.ofPng(value);
    return size.orElseThrow(
        () ->
            new RefusedException(
                FrameReasons.DECODE, "cannot be decoded (it does not say how large it is)"));
  }

  private static String seen(byte[] value) {
    if (PictureSize.isJpeg(value)) {
      return "JPEG";
    }
    return PictureSize.isPng(value) ? "PNG" : "something else";
  }

  @Override
  public void close() {
    decoders.values().forEach(UnitDecoder::close);
    raw.close();
  }
}
