// The probability integral transform of an observation that is left out, from weighted draws.

/// P(Y < y) and P(Y <= y) for an observation given all others (Gelfand, Dey & Chang 1992).
package struct PredictiveProbability: Sendable, Equatable {
  /// P(Y < y | y_−i).
  package let below: Double
  /// P(Y <= y | y_−i); for a continuous response the same.
  package let upTo: Double

  /// The means of F(y− | draw) and F(y | draw) with the weights of `smoother`.
  ///
  /// - Precondition: a number for each draw, in the order of the draws that the weights belong to.
  package init(below: [Double], upTo: [Double], weights smoother: ParetoSmoother) {
    precondition(
      below.count == smoother.drawCount && upTo.count == smoother.drawCount,
      "a number for each draw")
    var (low, high) = (0.0, 0.0)
    for draw in below.indices {
      low += smoother.weights[draw] * below[draw]
      high += smoother.weights[draw] * upTo[draw]
    }
    // Rounding may carry a sum of probabilities just past 1.
    self.below = min(low / smoother.total, 1)
    self.upTo = min(high / smoother.total, 1)
  }

  /// The value between the two that a uniform number chooses; uniform over observations if the model is right.
  package func value(uniform u: Double) -> Double { below + u * (upTo - below) }
}
