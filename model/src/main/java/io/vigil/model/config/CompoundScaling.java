package io.vigil.model.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table D0 to D7x. D0 to D6 follow from one number, phi ("EfficientDet", section 4.2), but for
 * the exceptions that the published models make, which are named here; D7 is D6 on larger pictures,
 * D7x is D7 on a larger backbone with one level more.
 */
final class CompoundScaling {

  private static final List<EfficientNetConfig> BACKBONES =
      List.of(
          new EfficientNetConfig("b0", 1.0, 1.0),
          new EfficientNetConfig("b1", 1.0, 1.1),
          new EfficientNetConfig("b2", 1.1, 1.2),
          new EfficientNetConfig("b3", 1.2, 1.4),
          new EfficientNetConfig("b4", 1.4, 1.8),
          new EfficientNetConfig("b5", 1.6, 2.2),
          new EfficientNetConfig("b6", 1.8, 2.6),
          new EfficientNetConfig("b7", 2.0, 3.1));

  private static final List<EfficientDetConfig> TABLE = table();

  private CompoundScaling() {}

  static List<String> names() {
    return TABLE.stream().map(EfficientDetConfig::name).toList();
  }

  static EfficientDetConfig named(String name) {
    var wanted = name.toLowerCase(Locale.ROOT);
    return TABLE.stream()
        .filter(row -> row.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    var message = "Unknown model '" + name + "'; known are " + String.join(", ", names()) + ".";
    var nearest = Suggestion.nearest(name, names());
    return new IllegalArgumentException(
        nearest.map(known -> message + " Did you mean '" + known + "'?").orElse(message));
  }

  private static List<EfficientDetConfig> table() {
    var rows = new ArrayList<EfficientDetConfig>();
    for (var phi = 0; phi <= 6; phi++) {
      rows.add(row("d" + phi, phi, resolution(phi), BACKBONES.get(phi), 7, 4));
    }
    rows.add(row("d7", 6, 1536, BACKBONES.get(6), 7, 5));
    rows.add(row("d7x", 6, 1536, BACKBONES.get(7), 8, 4));
    return List.copyOf(rows);
  }

  private static EfficientDetConfig row(
      String name,
      int phi,
      int resolution,
      EfficientNetConfig backbone,
      int maxLevel,
      double anchorScale) {
    return new EfficientDetConfig(
        name,
        resolution,
        backbone,
        fpnChannels(phi),
        fpnCells(phi),
        // From D6 on, training with learned fusion weights was unstable.
        phi < 6 ? Fusion.WEIGHTED : Fusion.SUM,
        3 + phi / 3,
        maxLevel,
        90,
        anchorScale,
        Activation.SWISH,
        PoolPadding.MINUS_INFINITY,
        1e-3,
        1e-4,
        true,
        Normalization.IMAGENET);
  }

  /** 512 + 128 phi; D5 takes the resolution of D6. */
  private static int resolution(int phi) {
    return phi == 5 ? 1280 : 512 + 128 * phi;
  }

  /** 64 * 1.35^phi to the nearest multiple of 8; D2 is narrower than that and D4 wider. */
  private static int fpnChannels(int phi) {
    return switch (phi) {
      case 2 -> 112;
      case 4 -> 224;
      default -> 8 * (int) Math.round(64 * Math.pow(1.35, phi) / 8);
    };
  }

  /** 3 + phi; D5 and D6 have one cell less. */
  private static int fpnCells(int phi) {
    return phi < 5 ? 3 + phi : 2 + phi;
  }
}
