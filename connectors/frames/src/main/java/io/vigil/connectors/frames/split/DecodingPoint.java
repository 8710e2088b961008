package io.vigil.connectors.frames.split;

/**
 * A record of a key frame, from which a stream can be decoded again.
 *
 * @param offset of the record
 * @param seq of the key frame
 */
public record DecodingPoint(long offset, long seq) {}
