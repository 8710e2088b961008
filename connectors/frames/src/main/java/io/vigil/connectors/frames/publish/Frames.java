package io.vigil.connectors.frames.publish;

import io.vigil.connectors.frames.record.FrameCodec;
import io.vigil.connectors.video.decode.TimeBase;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.decode.VideoUnits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The frames of a video as records hold them, one after the other. */
public interface Frames extends AutoCloseable {

  /**
   * Goes to the next one, which the other methods are about until the next call.
   *
   * @return false at the end
   */
  boolean next() throws VideoException;

  FrameCodec codec();

  byte[] value() throws VideoException;

  long pts();

  TimeBase timeBase();

  int width();

  int height();

  /** Seconds at which it is to be sent, from any moment on; never goes back. */
  double sendSeconds();

  /** By the sender's own clock, milliseconds since 1970; empty for files. */
  OptionalLong senderEpochMillis();

  @Override
  void close();

  /** As they are coded. */
  static Frames asTheyAre(VideoUnits units) {
    return new Units(units);
  }

  /**
   * Decoded, and coded as JPEG.
   *
   * @param quality from 0 to 1
   */
  static Frames asJpeg(VideoDecoder decoder, float quality) {
    return new Jpegs(decoder, quality);
  }

  /** Units as they are. */
  final class Units implements Frames {
    private final VideoUnits units;

    private Units(VideoUnits units) {
      this.units = units;
    }

    @Override
    public boolean next() throws VideoException {
      return units.next();
    }

    @Override
    public FrameCodec codec() {
      return FrameCodec.of(units.codec());
    }

    @Override
    public byte[] value() {
      return units.unit();
    }

    @Override
    public long pts() {
      return units.pts();
    }

    @Override
    public TimeBase timeBase() {
      return units.timeBase();
    }

    @Override
    public int width() {
      return units.width();
    }

    @Override
    public int height() {
      return units.height();
    }

    @Override
    public double sendSeconds() {
      return units.timeBase().seconds(units.dts());
    }

    @Override
    public OptionalLong senderEpochMillis() {
      return units.senderEpochMillis();
    }

    @Override
    public void close() {
      units.close();
    }
  }

  /** Pictures. */
  final class Jpegs implements Frames {
    private final VideoDecoder decoder;
    private final float quality;

    private Jpegs(VideoDecoder decoder, float quality) {
      this.decoder = decoder;
      this.quality = quality;
    }

    @Override
    public boolean next() throws VideoException {
      return decoder.next();
    }

    @Override
    public FrameCodec codec() {
      return FrameCodec.JPEG;
    }

    @Override
    public byte[] value() throws VideoException {
      return jpeg(decoder.image());
    }

    private byte[] jpeg(BufferedImage image) {
      var bytes = new ByteArrayOutputStream();
      var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
      try (var out = new MemoryCacheImageOutputStream(bytes)) {
        var parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        writer.setOutput(out);
        writer.write(null, new IIOImage(image, null, null), parameters);
      } catch (IOException e) {
        throw new IllegalStateException("memory takes what is written to it", e);
      } finally {
        writer.dispose();
      }
      return bytes.toByteArray();
    }

    @Override
    public long pts() {
      return decoder.frame().pts();
    }

    @Override
    public TimeBase timeBase() {
      return decoder.timeBase();
    }

    @Override
    public int width() {
      return decoder.frame().width();
    }

    @Override
    public int height() {
      return decoder.frame().height();
    }

    @Override
    public double sendSeconds() {
      return decoder.timeBase().seconds(decoder.frame().pts());
    }

    @Override
    public OptionalLong senderEpochMillis() {
      return decoder.senderEpochMillis();
    }

    @Override
    public void close() {
      decoder.close();
    }
  }
}
