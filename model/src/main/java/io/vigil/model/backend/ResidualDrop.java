package io.vigil.model.backend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Leaves a block's branch out, picture by picture; "Deep Networks with Stochastic Depth". */
@FunctionalInterface
interface ResidualDrop {

  /** x [N, C, H, W], of which each picture survives with a probability. */
  NDArray apply(NDArray x, double survival);

  static ResidualDrop none() {
    return (x, survival) -> x;
  }

  /** What is left is divided by its probability, so that the mean stays. */
  static ResidualDrop of(long seed) {
    var random = new SplittableRandom(seed);
    return (x, survival) -> {
      if (survival >= 1) {
        return x;
      }
      var factors = new float[(int) x.getShape().get(0)];
      for (var i = 0; i < factors.length; i++) {
        factors[i] = random.nextDouble() < survival ? (float) (1 / survival) : 0;
      }
      return x.mul(x.getManager().create(factors, new Shape(factors.length, 1, 1, 1)));
    };
  }
}
