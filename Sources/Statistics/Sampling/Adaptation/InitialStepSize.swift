// A first step size, found by doubling or halving until one step is accepted as often as asked.

import Glibc
import Probability

extension HamiltonianDynamics {
  /// A step size of the right order: Hoffman & Gelman (2014), Algorithm 4, with a fresh momentum a
  /// trial.
  ///
  /// From `guess`, ε doubles while one leapfrog step would be accepted with probability above 0.8,
  /// or halves while it would not, until that changes or ε would pass `limit`. Returns nil when no ε between 2⁻⁶⁰ and 2⁶⁰
  /// times the guess is at the border: the density is improper or its gradient is not its gradient.
  mutating func findStepSize(
    at position: [Double], gradient: [Double], logDensity: Double, guess: Double,
    limit: Double = .infinity
  ) -> Double? {
    let threshold = log(0.8)  // Stan's choice: between the 0.5 of the paper and the usual target
    var growing: Bool?
    stepSize = guess
    for _ in 0..<60 {
      begin(at: position, gradient: gradient, logDensity: logDensity)
      let accepted = step(.forward) > threshold  // false where the weight is not a number
      let direction = growing ?? accepted
      if accepted != direction { return stepSize }
      growing = direction
      if direction && 2 * stepSize > limit { return stepSize }
      stepSize *= direction ? 2 : 0.5
    }
    return nil
  }
}
