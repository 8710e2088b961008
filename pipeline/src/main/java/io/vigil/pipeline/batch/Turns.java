package io.vigil.pipeline.batch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When which stream was served last, so that it is the turn of the one served longest ago, also
 * where it had nothing waiting meanwhile.
 *
 * @param <O> an owner
 */
final class Turns<O> {

  /** A stream of an owner. */
  record Stream<O>(O owner, String id) {}

  /** Of streams that end, as files do, only the last are remembered. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Map<Stream<O>, Long> served = new LinkedHashMap<>();
  private long pictures;

  /** Smaller is earlier; 0 if never. */
  long lastOf(Stream<O> stream) {
    return served.getOrDefault(stream, 0L);
  }

  void served(Stream<O> stream) {
    served.remove(stream);
    served.put(stream, ++pictures);
    if (served.size() > MOST_REMEMBERED) {
      served.remove(served.keySet().iterator().next());
    }
  }

  void forget(O owner) {
    served.keySet().removeIf(stream -> stream.owner().equals(owner));
  }
}
