package io.vigil.pipeline.report;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The beginnings of a stream's file names: the stream id without folders and ending, with only what
 * every file system takes. Streams whose names would be the same get a number.
 */
final class OutputNames {
  private static final int LONGEST = 80;

  private final Map<String, String> streamOfName = new HashMap<>();

  String of(String streamId) {
    var plain = plain(streamId);
    var name = plain;
    for (int number = 2; taken(name, streamId); number++) {
      name = plain + "-" + number;
    }
    return name;
  }

  private boolean taken(String name, String streamId) {
    // some file systems do not tell A from a
    return !streamOfName
        .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> streamId)
        .equals(streamId);
  }

  private static String plain(String streamId) {
    var name = streamId.replaceFirst("(?<=[^/.])\\.[A-Za-z0-9]{1,5}$", "");
    name = name.replace('/', '_').replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "_");
    name = name.replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "stream" : name.substring(0, Math.min(LONGEST, name.length()));
  }
}
