package io.vigil.testvideos.render;

/** What the ground is made of; changes brightness from place to place. */
public enum Texture {
  PLAIN,
  ASPHALT,
  SLABS,
  GRASS,
  COBBLES,
  PLANKS,
  GRAVEL;

  private static final Texture[] ALL = values();

  static Texture of(int ordinal) {
    return ALL[ordinal];
  }

  /**
   * @param metres that a sample spans here: what is finer is left out
   * @return a factor of brightness
   */
  double at(double x, double y, double metres) {
    double coarse = 1 + 0.10 * Noise.at(3 * x + 17, 3 * y + 31);
    double fine = Math.max(0, 1 - 9 * metres);
    return switch (this) {
      case PLAIN -> 1;
      case ASPHALT -> coarse + 0.16 * fine * Noise.at(23 * x, 23 * y);
      case SLABS -> coarse * slab(x, y, 0.8, 0.8, metres);
      case GRASS -> coarse + 0.10 * Noise.at(x, y) + 0.40 * fine * Noise.at(19 * x, 19 * y);
      case COBBLES -> coarse * slab(x + 0.3 * Noise.at(y, x), y, 0.22, 0.16, metres);
      case PLANKS -> coarse * slab(x, y, 2.4, 0.18, metres);
      case GRAVEL -> coarse + 0.45 * fine * Noise.at(37 * x, 37 * y);
    };
  }

  private static double slab(double x, double y, double length, double width, double metres) {
    double rows = y / width;
    double row = Math.floor(rows);
    double columns = x / length + 0.5 * (row - 2 * Math.floor(row / 2));
    double column = Math.floor(columns);
    double strength = Math.max(0, 1 - 2.5 * metres / width);
    double shade = 1 + 0.14 * strength * (Noise.cell((long) column, (long) row) - 0.5);
    double edge = Math.min((rows - row) * width, (columns - column) * length);
    return edge < Math.max(0.02, 0.5 * metres) && edge < 0.2 * width
        ? shade * (1 - 0.25 * strength)
        : shade;
  }
}
