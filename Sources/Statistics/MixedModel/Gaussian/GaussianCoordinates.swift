// The coordinates in which a Gaussian model's variances and correlations are sampled.

import Glibc

/// The map between a position and the slots of a marginal density (see `GaussianMarginal`).
///
/// A correlation parameter t has the coordinate asinh t: for two effects that is Fisher's z of their correlation, atanh ρ,
/// whose posterior is close to normal where that of t has the tails of a Student distribution with two degrees of
/// freedom. All other coordinates are the slots themselves.
package struct GaussianCoordinates: Sendable {
  /// The indices in ψ of the coordinates.
  package let parameters: [Int]
  private let isCorrelation: [Bool]
  private let centred: [GaussianCoefficients.CentredIntercept]

  /// The coordinates of the parameters that `marginal` keeps.
  package init(_ marginal: GaussianMarginal) {
    parameters = marginal.parameters
    centred = marginal.coefficients.centred
    var correlations: Set<Int> = []
    for block in marginal.model.effects.blocks {
      for (place, member) in block.covariance.logStandardDeviations.enumerated() where member == nil
      {
        correlations.insert(block.thetaOffset + place)
      }
    }
    if let residual = marginal.model.residualCorrelation {
      correlations.formUnion(residual.offset..<(residual.offset + residual.parameterCount))
    }
    isCorrelation = parameters.map(correlations.contains)
  }

  /// Writes the slots of a position; those of integrated coefficients are left alone.
  package func write(_ position: Span<Double>, into slots: inout [Double]) {
    for (i, index) in parameters.enumerated() {
      slots[index] = isCorrelation[i] ? sinh(position[i]) : position[i]
    }
  }

  /// The log Jacobian of the map from position to slots, its gradient added to the pulled-back `slotGradient`.
  func pullBack(
    _ slotGradient: [Double], at position: Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    var logJacobian = 0.0
    for (i, index) in parameters.enumerated() {
      gradient[i] = slotGradient[index]
      guard isCorrelation[i] else { continue }
      let x = position[i]
      gradient[i] = gradient[i] * cosh(x) + tanh(x)
      // log cosh x without overflow.
      logJacobian += abs(x) + log1p(exp(-2 * abs(x))) - 0.6931471805599453
    }
    return logJacobian
  }

  /// The position of ψ: intercepts with a prior at the predictors' means are moved there.
  package func position(of psi: [Double]) -> [Double] {
    var slots = psi
    for intercept in centred {
      for other in intercept.others { slots[intercept.index] += other.mean * psi[other.index] }
    }
    return zip(parameters, isCorrelation).map { $1 ? asinh(slots[$0]) : slots[$0] }
  }
}
