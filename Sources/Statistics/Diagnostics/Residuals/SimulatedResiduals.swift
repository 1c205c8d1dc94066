// Simulated-quantile residuals: where each response lies among its simulations, from 0 to 1.

import LinearAlgebra

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
    let bounds = Self.bounds(of: input)
    self.init(
      lower: bounds.lower, upper: bounds.upper, fitted: input.fitted, uniforms: uniforms,
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

  private static func bounds(of input: ResidualInput) -> (lower: [Double], upper: [Double]) {
    let n = input.count
    var lower = Array(repeating: 0.0, count: n)
    var upper = lower
    for simulation in 0..<input.simulationCount {
      count(input, simulation * n, below: &lower, atMost: &upper)
    }
    let simulations = Double(input.simulationCount)
    for row in 0..<n {
      lower[row] /= simulations
      upper[row] /= simulations
    }
    return (lower, upper)
  }

  /// Adds one simulation, which starts at `offset`, to the counts of simulated values below and not
  /// above the observed.
  private static func count(
    _ input: ResidualInput, _ offset: Int, below: inout [Double], atMost: inout [Double]
  ) {
    let (observed, simulated) = (input.observed.span, input.simulations.span)
    var belowSpan = below.mutableSpan
    var atMostSpan = atMost.mutableSpan
    let one = Lanes(repeating: 1)
    var row = 0
    while row + laneCount <= observed.count {
      let (y, s) = (observed.lanes(at: row), simulated.lanes(at: offset + row))
      belowSpan.store(
        belowSpan.lanes(at: row) + Lanes.zero.replacing(with: one, where: s .< y), at: row)
      atMostSpan.store(
        atMostSpan.lanes(at: row) + Lanes.zero.replacing(with: one, where: s .<= y), at: row)
      row += laneCount
    }
    while row < observed.count {
      let (y, s) = (observed[row], simulated[offset + row])
      if s < y { belowSpan[row] += 1 }
      if s <= y { atMostSpan[row] += 1 }
      row += 1
    }
  }
}
