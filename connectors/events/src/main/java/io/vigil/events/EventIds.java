package io.vigil.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Event ids: what is the same in every run over the same input has the same id, so a consumer can
 * drop what it has seen. An id is the first 128 bits of a SHA-256, in hex; every part goes into it
 * with its length, so that no two lists of parts are one text.
 */
public final class EventIds {
  private static final int BYTES = 16;

  private EventIds() {}

  /**
   * Of a {@link FrameEvent}.
   *
   * @param modelDigest SHA-256 of the model file, hex
   * @param settingsDigest of the settings that change detections, hex
   */
  public static String frame(
      String streamId, String session, long seq, String modelDigest, String settingsDigest) {
    return id("frame", streamId, session, Long.toString(seq), modelDigest, settingsDigest);
  }

  /** Of a {@link FailedFrame}. */
  public static String failedFrame(
      String streamId, String session, long seq, String modelDigest, String settingsDigest) {
    return id("failed_frame", streamId, session, Long.toString(seq), modelDigest, settingsDigest);
  }

  /** Of a {@link StreamEvent} of a kind of which a session has one. */
  public static String stream(
      String streamId,
      String session,
      StreamEvent.Kind kind,
      String modelDigest,
      String settingsDigest) {
    return id("stream", streamId, session, kind.name(), modelDigest, settingsDigest);
  }

  /**
   * Of a {@link StreamEvent} of a kind of which a session may have several, {@code STALLED} and
   * {@code GAP}.
   *
   * @param decoded frames of the session until then
   */
  public static String stream(
      String streamId,
      String session,
      StreamEvent.Kind kind,
      long decoded,
      String modelDigest,
      String settingsDigest) {
    var place = Long.toString(decoded);
    return id("stream", streamId, session, kind.name(), place, modelDigest, settingsDigest);
  }

  private static String id(String... parts) {
    var sha256 = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      sha256.update(bytes);
    }
    return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
