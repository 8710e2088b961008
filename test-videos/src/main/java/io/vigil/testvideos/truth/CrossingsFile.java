package io.vigil.testvideos.truth;

import io.vigil.testvideos.scene.CountingLine;
import io.vigil.testvideos.scene.Crossing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Counting lines, who goes over them and when, and the sums. */
public final class CrossingsFile {

  private final List<CountingLine> lines;
  private final List<Crossing> crossings;
  private final double rate;

  /**
   * @param rate frames a second
   */
  public CrossingsFile(List<CountingLine> lines, List<Crossing> crossings, double rate) {
    this.lines = lines;
    this.crossings = crossings;
    this.rate = rate;
  }

  /**
   * @param seen tracks that are annotated and not ignored in a frame, numbered from 0
   */
  public void write(Path path, int frames, IntFunction<List<Integer>> seen) throws IOException {
    var events = new ArrayList<String>();
    for (var crossing : crossings) {
      events.add(event(crossing, frames, seen));
    }
    Files.writeString(
        path,
        "{\n"
            + list("lines", lines.stream().map(this::line).toList())
            + ",\n"
            + list("crossings", events)
            + "\n}\n");
  }

  private String line(CountingLine line) {
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"from\":[%.2f,%.2f],\"to\":[%.2f,%.2f],"
            + "\"to_right\":%d,\"to_left\":%d}",
        line.name(),
        line.fromX(),
        line.fromY(),
        line.toX(),
        line.toY(),
        count(line, true),
        count(line, false));
  }

  private long count(CountingLine line, boolean toRight) {
    return crossings.stream()
        .filter(crossing -> crossing.line().equals(line.name()))
        .filter(crossing -> crossing.toRight() == toRight)
        .count();
  }

  private String event(Crossing crossing, int frames, IntFunction<List<Integer>> seen) {
    int frame = (int) Math.min(frames - 1, Math.ceil(crossing.seconds() * rate));
    return String.format(
        Locale.ROOT,
        "{\"line\":\"%s\",\"track_id\":%d,\"category_id\":%d,\"seconds\":%.4f,\"frame\":%d,"
            + "\"direction\":\"%s\",\"at\":[%.2f,%.2f],\"seen\":%b}",
        crossing.line(),
        crossing.track(),
        crossing.kind().id(),
        crossing.seconds(),
        frame,
        crossing.toRight() ? "to_right" : "to_left",
        crossing.x(),
        crossing.y(),
        seen.apply(frame).contains(crossing.track()));
  }

  private static String list(String name, List<String> values) {
    return values.stream().collect(Collectors.joining(",\n", "\"" + name + "\":[\n", "\n]"));
  }
}
