package io.vigil.events;

/**
 * Numbers with a fixed count of decimals: no locale, no exponent, no negative zero, so that equal
 * values are equal bytes.
 */
final class Decimals {
  /** Above it a double no longer has the decimals. */
  private static final double LARGEST = 1e12;

  private Decimals() {}

  /**
   * Rounds half up.
   *
   * @throws IllegalArgumentException if the value is not a number or out of range; names it
   */
  static String format(String name, double value, int decimals) {
    if (!(Math.abs(value) <= LARGEST)) {
      throw new IllegalArgumentException(
          "Event: " + name + " is " + value + ", which is no number that an event can hold");
    }
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    long scaled = Math.round(value * unit);
    var fraction = Long.toString(unit + Math.abs(scaled) % unit).substring(1);
    return (scaled < 0 ? "-" : "") + Math.abs(scaled) / unit + "." + fraction;
  }
}
