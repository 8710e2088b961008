package io.vigil.model.weights;

/** Closes what was opened when opening the rest has failed. */
public final class Closing {
  private Closing() {}

  /**
   * @param failure keeps what goes wrong here, too
   * @param opened null if that is what failed
   */
  public static void after(Exception failure, AutoCloseable opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (Exception alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
