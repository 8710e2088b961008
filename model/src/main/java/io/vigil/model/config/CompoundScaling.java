package io.vigil.model.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table D0 to D7x and lite0 to lite4. D0 to D6 follow from one number, phi ("EfficientDet",
 * section 4.2), but for the exceptions that the published models make, which are named here; D7 is
 * D6 on larger pictures, D7x is D7 on a larger backbone with one level more. The lite models have
 * the pyramids and heads of D0 to D4, without what mobile devices are slow at.
 */
final class CompoundScaling {

  private static final List<EfficientNetConfig> BACKBONES =
      List.of(
          new EfficientNetConfig("b0", 1.0, 1.0, false),
          new EfficientNetConfig("b1", 1.0, 1.1, false),
          new EfficientNetConfig("b2", 1.1, 1.2, false),
          new EfficientNetConfig("b3", 1.2, 1.4, false),
          new EfficientNetConfig("b4", 1.4, 1.8, false),
          new EfficientNetConfig("b5", 1.6, 2.2, false),
          new EfficientNetConfig("b6", 1.8, 2.6, false),
          new EfficientNetConfig("b7", 2.0, 3.1, false));

  private static final List<EfficientNetConfig> LITE_BACKBONES =
      List.of(
          new EfficientNetConfig("lite0", 1.0, 1.0, true),
          new EfficientNetConfig("lite1", 1.0, 1.1, true),
          new EfficientNetConfig("lite2", 1.1, 1.2, true),
          new EfficientNetConfig("lite3", 1.2, 1.4, true),
          new EfficientNetConfig("lite4", 1.4, 1.8, true));

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
    rows.add(lite("lite0", 0, 320, fpnChannels(0), 3));
    rows.add(lite("lite1", 1, 384, fpnChannels(1), 3));
    rows.add(lite("lite2", 2, 448, fpnChannels(2), 3));
    rows.add(lite("lite3", 3, 512, fpnChannels(3), 4));
    rows.add(lite("lite3x", 3, 640, 200, 3));
    rows.add(lite("lite4", 4, 640, fpnChannels(4), 4));
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
        Implementation.TENSORFLOW,
        Normalization.IMAGENET);
  }

  private static EfficientDetConfig lite(
      String name, int phi, int resolution, int fpnChannels, double anchorScale) {
    return new EfficientDetConfig(
        name,
        resolution,
        LITE_BACKBONES.get(phi),
        fpnChannels,
        fpnCells(phi),
        Fusion.SUM,
        3 + phi / 3,
        7,
        90,
        anchorScale,
        Activation.RELU6,
        Implementation.TENSORFLOW,
        Normalization.LITE);
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
