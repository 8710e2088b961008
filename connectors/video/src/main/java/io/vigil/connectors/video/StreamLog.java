package io.vigil.connectors.video;

import org.slf4j.MDC;

/**
 * Whose work a thread does: while it works on a stream, whatever is logged there, by a library too,
 * carries the stream's id in the logging context, as {@code %X{stream}} shows it.
 *
 * <pre>{@code
 * StreamLog.enter(stream.id());
 * try {
 *   read(stream);
 * } finally {
 *   StreamLog.leave();
 * }
 * }</pre>
 */
public final class StreamLog {

  /** Key in the logging context. */
  public static final String KEY = "stream";

  private StreamLog() {}

  public static void enter(String streamId) {
    MDC.put(KEY, streamId);
  }

  public static void leave() {
    MDC.remove(KEY);
  }
}
