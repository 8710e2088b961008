package io.vigil.model.weights.torch;

/** Names out of a file that nobody vouches for, fit for a terminal. */
public final class Printable {
  private static final int LONGEST = 120;

  private Printable() {}

  /** The text without control characters, shortened. */
  public static String text(String raw) {
    String clean = raw.replaceAll("\\P{Print}", "?");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }
}
