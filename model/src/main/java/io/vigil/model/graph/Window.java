package io.vigil.model.graph;

import io.vigil.model.config.Padding;

/**
 * What a convolution looks at.
 *
 * @param kernel taps along a side
 * @param stride places from one window to the next
 * @param padding where the border lies
 */
public record Window(int kernel, int stride, Padding padding) {

  /** One place alone, which needs no border. */
  public static final Window POINT = new Window(1, 1, Padding.SAME);
}
