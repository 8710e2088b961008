package io.vigil.model.train;

/**
 * The focal loss of one logit: weight * (1 - p_t)^gamma * cross entropy. The weight and the factor
 * come from the hard target; only the cross entropy sees a smoothed one.
 */
final class FocalTerm {

  private final double weight;
  private final double gamma;
  private final boolean root;
  private final double target;
  private final boolean present;

  double loss;
  double derivative;

  FocalTerm(LossSettings settings, boolean present) {
    this.weight = present ? settings.alpha() : 1 - settings.alpha();
    this.gamma = settings.gamma();
    this.root = gamma == 1.5;
    this.target = (present ? 1 : 0) * (1 - settings.smoothing()) + settings.smoothing() / 2;
    this.present = present;
  }

  /** Sets loss and derivative by the logit. */
  void at(double logit) {
    // exp of what is not positive, so that neither tail loses its digits.
    var tail = Math.exp(-Math.abs(logit));
    var small = tail / (1 + tail);
    var large = 1 / (1 + tail);
    var probability = logit >= 0 ? large : small;
    var wrong = logit >= 0 == present ? small : large;
    var entropy = Math.max(logit, 0) - logit * target + Math.log1p(tail);
    var factor = power(wrong);
    loss = weight * factor * entropy;
    var towards = present ? -1 : 1;
    var right = wrong == small ? large : small;
    derivative =
        weight * (factor * gamma * right * towards * entropy + factor * (probability - target));
  }

  /** Most of the time of a loss goes here, and pow is slow. */
  private double power(double wrong) {
    return root ? wrong * Math.sqrt(wrong) : Math.pow(wrong, gamma);
  }
}
