package io.vigil.connectors.frames.record;

import java.io.Serializable;

/**
 * What a record may cost.
 *
 * @param mostBytes of a value
 * @param mostPixels of a picture, as its header tells before anything is decoded
 */
public record FrameLimits(int mostBytes, long mostPixels) implements Serializable {

  /** 32 MiB, and a little more than 8K. */
  public static final FrameLimits USUAL = new FrameLimits(32 << 20, 36_000_000);
}
