package io.vigil.testvideos.render;

/** Smooth noise that repeats every 256 cells. */
final class Noise {

  private static final int SIZE = 256;

  /** Makes all that is asked for positive, where cutting off and rounding down are the same. */
  private static final int OFFSET = 1 << 20;

  private static final float[] TILE = tile();

  private Noise() {}

  /** Between -1 and 1, mostly within 0.5. */
  static float at(double x, double y) {
    int column = (int) (x + OFFSET) & SIZE - 1;
    int row = (int) (y + OFFSET) & SIZE - 1;
    return TILE[row * SIZE + column];
  }

  /** Unrelated from cell to cell, between 0 and 1. */
  static double cell(long x, long y) {
    return (Dice.mix(x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL) >>> 40) * 0x1p-24;
  }

  private static float[] tile() {
    var tile = new float[SIZE * SIZE];
    float amplitude = 0.5f;
    for (int period = 64; period >= 2; period /= 2) {
      for (int i = 0; i < tile.length; i++) {
        tile[i] += amplitude * lattice(i % SIZE, i / SIZE, period);
      }
      amplitude *= 0.75f;
    }
    return tile;
  }

  private static float lattice(int x, int y, int period) {
    int cells = SIZE / period;
    int column = x / period;
    int row = y / period;
    float fx = smooth((float) (x % period) / period);
    float fy = smooth((float) (y % period) / period);
    float top = mix(corner(column, row, cells), corner(column + 1, row, cells), fx);
    float bottom = mix(corner(column, row + 1, cells), corner(column + 1, row + 1, cells), fx);
    return mix(top, bottom, fy);
  }

  private static float corner(int column, int row, int cells) {
    return (float) (2 * cell(column % cells + 1000L * cells, row % cells) - 1);
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float mix(float a, float b, float share) {
    return a + share * (b - a);
  }
}
