package io.vigil.pipeline.cli;

import io.vigil.model.backend.Layer;
import io.vigil.model.backend.Shape;
import io.vigil.model.backend.ShapeReading;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A network as a table: a line for each stage, cell and head, and the sums. */
final class ModelSummary {
  private static final String ROW = "%-18s %-24s %14s %16s%n";

  private ModelSummary() {}

  static String of(ShapeReading reading) {
    var config = reading.config();
    var head =
        "%s: input %s, %d classes, pyramid P3 to P%d with %d channels%n%n"
            .formatted(
                config.name(),
                reading.input(),
                config.classes(),
                config.maxLevel(),
                config.fpnChannels());
    var rows =
        parts(reading).entrySet().stream()
            .map(part -> row(part.getKey(), part.getValue()))
            .collect(Collectors.joining());
    var sum = row("all", "", reading.trainedParameters(), reading.multiplyAdds());
    var rounded =
        String.format(
            Locale.ROOT,
            "%n%.2f M parameters, %.2f G multiply-adds a picture",
            reading.trainedParameters() / 1e6,
            reading.multiplyAdds() / 1e9);
    return head
        + ROW.formatted("part", "output", "parameters", "multiply-adds")
        + rows
        + sum
        + rounded;
  }

  /** Layers of one stage, cell or head; the outputs of a cell and of a head are of many sizes. */
  private record Part(Shape largest, Shape last, long parameters, long multiplyAdds) {
    static Part of(Layer layer) {
      return new Part(layer.output(), layer.output(), layer.parameters(), layer.multiplyAdds());
    }

    Part plus(Part next) {
      return new Part(
          next.last.height() > largest.height() ? next.last : largest,
          next.last,
          parameters + next.parameters,
          multiplyAdds + next.multiplyAdds);
    }
  }

  private static Map<String, Part> parts(ShapeReading reading) {
    var parts = new LinkedHashMap<String, Part>();
    for (var layer : reading.layers()) {
      parts.merge(partOf(layer.name()), Part.of(layer), Part::plus);
    }
    return parts;
  }

  /** {@code backbone.stage3}, {@code fpn.cell0}, {@code class}. */
  private static String partOf(String name) {
    int kept = name.startsWith("backbone.") || name.startsWith("fpn.") ? 2 : 1;
    return Arrays.stream(name.split("\\.")).limit(kept).collect(Collectors.joining("."));
  }

  private static String row(String name, Part part) {
    return row(name, output(name, part), part.parameters, part.multiplyAdds);
  }

  private static String row(String name, String output, long parameters, long multiplyAdds) {
    return ROW.formatted(name, output, count(parameters), count(multiplyAdds));
  }

  private static String output(String name, Part part) {
    var last = part.last;
    boolean levels = !name.startsWith("backbone.") && !part.largest.equals(last);
    return levels
        ? part.largest + " to %d x %d".formatted(last.height(), last.width())
        : last.toString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
