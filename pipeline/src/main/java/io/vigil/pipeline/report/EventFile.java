package io.vigil.pipeline.report;

import io.vigil.events.Event;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.MalformedEventException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An {@code events.jsonl}, read stream by stream without holding it in memory: an index knows which
 * stretches of the file belong to which stream.
 */
final class EventFile {
  private final Path path;
  private final SortedMap<String, List<Stretch>> stretches = new TreeMap<>();

  /** Bytes of the file, the end excluded: whole lines of one stream. */
  private record Stretch(long start, long end) {}

  private EventFile(Path path) {
    this.path = path;
  }

  /**
   * @throws ReportException if the file cannot be read or a line is no event
   */
  static EventFile index(Path path) {
    var file = new EventFile(path);
    try (var in = new BufferedInputStream(Files.newInputStream(path))) {
      long start = 0;
      for (var line = readLine(in); line != null; line = readLine(in)) {
        if (line.length > 1) {
          file.add(file.parse(line, start).streamId(), start, start + line.length);
        }
        start += line.length;
      }
      return file;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private void add(String streamId, long start, long end) {
    var known = stretches.computeIfAbsent(streamId, id -> new ArrayList<>());
    int last = known.size() - 1;
    if (last >= 0 && known.get(last).end == start) {
      known.set(last, new Stretch(known.get(last).start, end));
    } else {
      known.add(new Stretch(start, end));
    }
  }

  SortedSet<String> streamIds() {
    return new TreeSet<>(stretches.keySet());
  }

  /** The frame events of a stream, by rising frame. */
  Cursor open(String streamId) {
    try {
      return new Cursor(FileChannel.open(path), stretches.getOrDefault(streamId, List.of()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** With its line end; null at the end of the file. */
  private static byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream(512);
    int next = in.read();
    while (next >= 0) {
      line.write(next);
      if (next == '\n') {
        break;
      }
      next = in.read();
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  private Event parse(byte[] line, long start) {
    try {
      return EventJson.read(line);
    } catch (MalformedEventException e) {
      throw new ReportException(
          path + ": the line at byte " + start + " is no event: " + e.getMessage(), e);
    }
  }

  private ReportException unreadable(IOException e) {
    var why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
    return new ReportException(path + ": the events cannot be read (" + why + ")", e);
  }

  /**
   * Goes through one stream. Events that at-least-once delivery has written again after a failure
   * are passed over.
   */
  final class Cursor implements AutoCloseable {
    private final FileChannel channel;
    private final List<Stretch> parts;
    private int stretch = -1;
    private long position;
    private InputStream in = InputStream.nullInputStream();
    private long lastSeq = -1;

    private Cursor(FileChannel channel, List<Stretch> parts) {
      this.channel = channel;
      this.parts = parts;
    }

    /** Null after the last. */
    FrameEvent next() {
      while (advance()) {
        long start = position;
        var line = read();
        position += line.length;
        if (parse(line, start) instanceof FrameEvent event && event.seq() > lastSeq) {
          lastSeq = event.seq();
          return event;
        }
      }
      return null;
    }

    private boolean advance() {
      if (stretch >= 0 && position < parts.get(stretch).end) {
        return true;
      }
      stretch++;
      if (stretch >= parts.size()) {
        return false;
      }
      position = parts.get(stretch).start;
      try {
        channel.position(position);
      } catch (IOException e) {
        throw unreadable(e);
      }
      in = new BufferedInputStream(Channels.newInputStream(channel));
      return true;
    }

    private byte[] read() {
      try {
        var line = readLine(in);
        if (line == null) {
          throw new IOException("it has become shorter");
        }
        return line;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
