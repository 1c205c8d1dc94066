// Simulated-quantile residuals: where each response lies among its simulations, from 0 to 1.

/// The scaled residuals of one outcome; uniform on (0, 1) if the model is right.
///
/// Randomised quantile residuals (Dunn & Smyth 1996) from simulations, as DHARMa 0.5 defines them:
/// lower is the share of simulations below the response, upper the share not above it, and the
/// residual is uniform between the two.
package struct SimulatedResiduals: Sendable, Equatable {
  /// The residuals.
  package let scaled: [Double]
  /// The lower bound of each residual.
  package let lower: [Double]
  /// The upper bound of each residual.
  package let upper: [Double]
  /// The fitted values, for plots against them.
  package let fitted: [Double]
  /// The number of simulations; zero where the bounds come from a distribution function.
  package let simulations: Int
  /// The seed of the simulations and of the uniform numbers, shown with the plots.
  package let seed: UInt64
  /// Whether the random effects were held at their estimates while simulating.
  package let conditional: Bool

  /// Residuals from simulated responses and one uniform number for each row.
  package init(_ input: ResidualInput, uniforms: [Double], seed: UInt64, conditional: Bool) {
    let simulations = Double(input.simulationCount)
    self.init(
      lower: input.sweep.below.map { $0 / simulations },
      upper: input.sweep.atMost.map { $0 / simulations }, fitted: input.fitted, uniforms: uniforms,
      simulations: input.simulationCount, seed: seed, conditional: conditional)
  }

  /// Residuals from bounds that are known, such as F(y-) and F(y) of a fitted distribution.
  ///
  /// - Precondition: all columns have the same length.
  package init(
    lower: [Double], upper: [Double], fitted: [Double], uniforms: [Double], simulations: Int = 0,
    seed: UInt64, conditional: Bool
  ) {
    precondition(
      lower.count == upper.count && lower.count == fitted.count && lower.count == uniforms.count,
      "one bound, fitted value and uniform number for each row")
    self.lower = lower
    self.upper = upper
    self.fitted = fitted
    self.simulations = simulations
    self.seed = seed
    self.conditional = conditional
    scaled = lower.indices.map {
      lower[$0] == upper[$0] ? lower[$0] : lower[$0] + uniforms[$0] * (upper[$0] - lower[$0])
    }
  }

  /// The residuals that are exactly 0 or 1: responses outside all of their simulations.
  package var extremeCount: Int { scaled.count { $0 == 0 || $0 == 1 } }
}
