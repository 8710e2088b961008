package io.vigil.model.graph;

import io.vigil.model.config.Activation;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import java.util.List;

/**
 * The operations that the network is written in; an implementation is one reading of it (shapes,
 * ONNX, training). Tensors are [N, C, H, W] whatever their layout in memory. Convolutions and pools
 * pad so that the output has ceil(size / stride) places; {@link Padding} says on which sides.
 *
 * <p>An operation with parameters has a name; its parameters are those of {@link Parameters} under
 * that name. A name asked for twice means the same parameters.
 *
 * @param <T> a tensor of the reading
 */
public interface Ops<T> {

  /** Whether a convolution has a bias, and how that starts. */
  enum Bias {
    NONE,
    ZERO,
    /** As the class predictor's: every anchor starts at a probability of 0.01. */
    RARE
  }

  int channels(T x);

  /** A dense convolution. */
  T conv(String name, T x, int outputs, Window window, Bias bias);

  /** A convolution of each channel with itself; never has a bias. */
  T depthwise(String name, T x, Window window);

  T batchNorm(String name, T x, double epsilon);

  T activate(T x, Activation activation);

  T sigmoid(T x);

  T add(T a, T b);

  /**
   * In training, leaves a block's branch out of each picture with a probability of 1 - survival;
   * otherwise it is x.
   */
  default T dropConnect(T x, double survival) {
    return x;
  }

  /** [N, C, H, W] times [N, C, 1, 1]. */
  T scale(T x, T factors);

  /** sum_i relu(w_i) x_i / (sum_i relu(w_i) + epsilon). */
  T fuse(String name, List<T> inputs, double epsilon);

  /** 3 x 3 at stride 2. */
  T maxPool(T x, Padding padding, PoolPadding border);

  /**
   * To the height and width of {@code like}, one level below: place i is that of floor(i * from /
   * to), so each value twice where the sides are even.
   */
  T upsample(T x, T like);

  /** The mean of each channel: [N, C, 1, 1]. */
  T globalMean(T x);
}
