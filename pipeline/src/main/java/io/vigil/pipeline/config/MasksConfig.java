package io.vigil.pipeline.config;

import io.vigil.connectors.video.Mask;
import java.util.ArrayList;
import java.util.List;

/** Polygons that are never looked at: {@code [[[0, 0], [0.3, 0], [0.3, 1]]]}. */
final class MasksConfig {

  private static final String RULE =
      "must be a list of polygons, each a list of corners [x, y], which are shares of the picture"
          + " from 0 to 1, such as [[[0, 0], [0.3, 0], [0.3, 1]]]";

  private MasksConfig() {}

  static List<Mask> read(Section section, String key) {
    var value = section.value(key);
    if (value == null) {
      return List.of();
    }
    try {
      var masks = list(value).stream().map(MasksConfig::mask).toList();
      masks.stream()
          .map(Mask::problem)
          .filter(problem -> !problem.isEmpty())
          .forEach(problem -> section.refuseUnseen(key, "one " + problem));
      return masks;
    } catch (IllegalArgumentException e) {
      section.refuseUnseen(key, RULE);
      return List.of();
    }
  }

  private static Mask mask(Object polygon) {
    var corners = new ArrayList<Mask.Corner>();
    for (var corner : list(polygon)) {
      var place = list(corner);
      if (place.size() != 2) {
        throw new IllegalArgumentException("a corner of " + place.size());
      }
      corners.add(new Mask.Corner(number(place.get(0)), number(place.get(1))));
    }
    return new Mask(corners);
  }

  private static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("no list");
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("no number");
  }
}
