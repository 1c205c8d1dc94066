// The leapfrog step size, tuned during warm-up until transitions accept as often as asked.

import Glibc

/// Dual averaging of the log step size: Hoffman & Gelman (2014), Algorithm 6.
///
/// After transition m, whose mean acceptance was a,
/// ```
/// H̄ₘ     = (1 − w) H̄ₘ₋₁ + w (δ − a)          w = 1 / (m + t₀)
/// log εₘ  = μ − (√m / γ) H̄ₘ                   μ = log 10 ε₁
/// log ε̄ₘ = m^−κ log εₘ + (1 − m^−κ) log ε̄ₘ₋₁
/// ```
/// ε drives the next transition; ε̄ is kept when warm-up ends.
/// <https://jmlr.org/papers/v15/hoffman14a.html>
package struct StepSizeAdaptation: Equatable, Sendable {
  /// δ, the mean acceptance asked for, in (0, 1).
  package let targetAcceptance: Double
  var anchor: Double  // μ
  var count = 0.0  // m
  var meanShortfall = 0.0  // H̄
  var logStepSize: Double  // log ε
  var logAverage: Double  // log ε̄

  /// An adaptation that starts at a step size, which must be positive and finite.
  package init(startingAt stepSize: Double, targetAcceptance: Double = 0.8) {
    precondition(stepSize > 0 && stepSize.isFinite, "the step size \(stepSize) is not positive")
    precondition(
      targetAcceptance > 0 && targetAcceptance < 1,
      "the target acceptance \(targetAcceptance) is outside (0, 1)")
    self.targetAcceptance = targetAcceptance
    anchor = log(10 * stepSize)
    logStepSize = log(stepSize)
    logAverage = logStepSize
  }

  /// ε, the step size for the next transition.
  package var stepSize: Double { exp(logStepSize) }

  /// ε̄, the step size to keep after warm-up.
  package var averagedStepSize: Double { exp(logAverage) }

  /// Learns from a transition whose mean acceptance was `acceptance`, in [0, 1].
  package mutating func record(acceptance: Double) {
    count += 1
    let weight = 1 / (count + 10)  // t₀ = 10 damps the first, wild transitions
    meanShortfall += weight * (targetAcceptance - acceptance - meanShortfall)
    logStepSize = anchor - count.squareRoot() / 0.05 * meanShortfall  // γ = 0.05
    logAverage += pow(count, -0.75) * (logStepSize - logAverage)  // κ = 0.75
  }
}
