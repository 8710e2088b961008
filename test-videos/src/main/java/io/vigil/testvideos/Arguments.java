package io.vigil.testvideos;

import io.vigil.testvideos.scene.Viewpoint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Options of a command line, {@code --name value}. */
final class Arguments {

  private static final int MOST_PIXELS = 4096;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** What was asked for cannot be done; the message says why, in one line. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  /** From an inclusive range such as {@code 1..500}. */
  record Seeds(long first, long last) {}

  record Size(int width, int height) {}

  Arguments(List<String> arguments, List<String> known) {
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (!known.contains(name)) {
        throw new Wrong("unknown option " + name + ": there are " + String.join(", ", known));
      }
      if (i + 1 == arguments.size()) {
        throw new Wrong(name + " needs a value");
      }
      if (values.put(name, arguments.get(i + 1)) != null) {
        throw new Wrong(name + " is given twice");
      }
    }
  }

  String text(String name, String otherwise) {
    var value = values.getOrDefault(name, otherwise);
    if (value == null) {
      throw new Wrong(name + " is missing");
    }
    return value;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  long whole(String name, String otherwise, long least, long most) {
    var rule = "a whole number from " + least + " to " + most;
    long value = parsed(name, otherwise, rule, Long::parseLong);
    if (value < least || value > most) {
      throw new Wrong(name + " " + value + ": must be " + rule);
    }
    return value;
  }

  double number(String name, String otherwise, double least, double most) {
    var rule = "a number from " + least + " to " + most;
    double value = parsed(name, otherwise, rule, Double::parseDouble);
    if (!(value >= least && value <= most)) {
      throw new Wrong(name + " " + text(name, otherwise) + ": must be " + rule);
    }
    return value;
  }

  private <T> T parsed(String name, String otherwise, String rule, Function<String, T> parser) {
    var text = text(name, otherwise);
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      throw new Wrong(name + " " + text + ": must be " + rule);
    }
  }

  Size size(String otherwise) {
    var rule = "WIDTHxHEIGHT in even pixels, 16x16 to 4096x4096, such as 640x360";
    var sides =
        parsed(
            "--size",
            otherwise,
            rule,
            text -> Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray());
    if (sides.length != 2 || !fits(sides[0]) || !fits(sides[1])) {
      throw new Wrong("--size " + text("--size", otherwise) + ": must be " + rule);
    }
    return new Size(sides[0], sides[1]);
  }

  private static boolean fits(int side) {
    return side >= 16 && side <= MOST_PIXELS && side % 2 == 0;
  }

  Seeds seeds() {
    var rule = "a range FIRST..LAST of whole numbers from 0, such as 0..4999";
    var ends =
        parsed(
            "--seeds",
            null,
            rule,
            text -> Arrays.stream(text.split("\\.\\.", -1)).mapToLong(Long::parseLong).toArray());
    if (ends.length != 2 || ends[0] < 0 || ends[1] < ends[0]) {
      throw new Wrong("--seeds " + text("--seeds", null) + ": must be " + rule);
    }
    return new Seeds(ends[0], ends[1]);
  }

  /** Names separated by commas; {@code training} and {@code all} stand for several. */
  List<Viewpoint> viewpoints(String name, String otherwise) {
    var text = text(name, otherwise);
    return switch (text) {
      case "all" -> List.of(Viewpoint.values());
      case "training" -> Viewpoint.forTraining();
      default -> Arrays.stream(text.split(",", -1)).map(label -> viewpoint(name, label)).toList();
    };
  }

  private static Viewpoint viewpoint(String name, String label) {
    try {
      return Viewpoint.of(label);
    } catch (IllegalArgumentException e) {
      throw new Wrong(name + ": " + e.getMessage());
    }
  }

  Viewpoint viewpoint() {
    return viewpoint("--viewpoint", text("--viewpoint", null));
  }
}
