package io.vigil.connectors.frames.picture;

import io.vigil.connectors.frames.record.FrameHeaders;
import io.vigil.connectors.frames.record.FrameHeaders.Size;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.record.RefusedException;
import io.vigil.connectors.video.decode.UnitCodec;
import io.vigil.connectors.video.decode.UnitDecoder;
import io.vigil.connectors.video.decode.UnitParser;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.split.FrameReasons;
import java.util.LinkedHashMap;
import java.util.Map;

/** Access units of one stream from a key frame on, without a gap. For one thread. */
public final class UnitRun implements AutoCloseable {

  /** More than any decoder holds back; units beyond it gave no frame and will give none. */
  private static final int MOST_HELD_BACK = 64;

  private final UnitCodec codec;
  private final FrameLimits limits;
  private final UnitParser parser;
  private UnitDecoder decoder;
  private final Map<Long, Unit> heldBack = new LinkedHashMap<>();
  private long units;
  private long firstPts;
  private boolean begun;
  private boolean leading = true;
  private Unit current;

  public UnitRun(UnitCodec codec, FrameLimits limits) {
    this.codec = codec;
    this.limits = limits;
    this.parser = UnitParser.of(codec);
  }

  /**
   * A unit's record.
   *
   * @param millis since 1970, of the record or of its capture
   * @param key whether decoding may begin here
   * @param first whether this run began with it
   */
  public record Unit(FrameHeaders headers, long offset, long millis, boolean key, boolean first) {}

  public UnitCodec codec() {
    return codec;
  }

  /** Whether it has begun with a key frame. */
  public boolean isOpen() {
    return decoder != null;
  }

  /**
   * Looks at a unit without decoding it; to be called of each unit once, before {@link #send}.
   *
   * @return whether decoding may begin with it
   * @throws RefusedException if it is not what its headers say, or too large
   */
  public boolean look(byte[] value, FrameHeaders headers) throws RefusedException {
    var parts = AnnexB.of(value, headers.codec());
    var header = parser.parse(value);
    if (header.width() > 0 && header.height() > 0) {
      SizeRules.require(new Size(header.width(), header.height()), headers, limits);
    }
    return parts.parameters() && header.key();
  }

  /**
   * Whether the unit is of a picture that is shown before the run's first key frame and follows it,
   * as in open GOPs: it needs pictures before that, and is not to be sent.
   */
  public boolean isLeading(FrameHeaders headers) {
    leading &= headers.pts() <= firstPts;
    return leading && headers.pts() < firstPts;
  }

  /**
   * @param key what {@link #look} returned; true of the first
   * @throws RefusedException if it cannot be decoded; the run is over then
   */
  public void send(byte[] value, FrameHeaders headers, long offset, long millis, boolean key)
      throws RefusedException {
    try {
      if (decoder == null) {
        decoder = UnitDecoder.open(codec, limits.mostPixels());
        firstPts = headers.pts();
      }
      heldBack.put(units, new Unit(headers, offset, millis, key, units == 0));
      if (heldBack.size() > MOST_HELD_BACK) {
        heldBack.remove(heldBack.keySet().iterator().next());
      }
      decoder.send(value, units++);
    } catch (VideoException e) {
      throw new RefusedException(FrameReasons.DECODE, e.getMessage());
    }
  }

  /** No unit follows; {@link #next} gives the frames that were held back. */
  public void drain() {
    decoder.drain();
  }

  /**
   * @return whether there is a frame, which the other methods are about until the next call
   * @throws RefusedException if the unit that was sent last cannot be decoded; the run is over then
   */
  public boolean next() throws RefusedException {
    try {
      while (decoder.next()) {
        current = heldBack.remove(decoder.id());
        if (current != null && (begun || current.headers.pts() >= firstPts)) {
          begun = true;
          return true;
        }
      }
      return false;
    } catch (VideoException e) {
      throw new RefusedException(FrameReasons.DECODE, e.getMessage());
    }
  }

  /** The record that the current frame came from. */
  public Unit unit() {
    return current;
  }

  /**
   * The current frame.
   *
   * @throws RefusedException if it cannot be converted
   */
  public Pictures.Picture picture(LetterboxSettings settings) throws RefusedException {
    try {
      var letterbox = settings.letterbox(decoder.width(), decoder.height());
      return new Pictures.Picture(letterbox, decoder.letterbox(letterbox, settings.fill()));
    } catch (VideoException e) {
      throw new RefusedException(FrameReasons.LETTERBOX, e.getMessage());
    }
  }

  @Override
  public void close() {
    parser.close();
    if (decoder != null) {
      decoder.close();
    }
  }
}
