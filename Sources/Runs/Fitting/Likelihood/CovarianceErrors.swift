// Standard errors of standard deviations and correlations of random effects.

import Laplace
import MixedModel

extension MaximumLikelihoodFit {
  /// The standard errors of a block's standard deviations and correlations (k × k, column by column), by the delta method
  /// from the inverse Hessian; NaN for what is fixed, or on the edge of its range.
  func covarianceErrors(
    ofBlock index: Int
  ) -> (deviations: [Double], correlations: [Double]) {
    let block = model.effects.blocks[index]
    let k = block.size
    let range = block.thetaOffset..<(block.thetaOffset + block.covariance.parameterCount)
    var factors = CovarianceFactors(layout: model.effects)
    func summary(_ place: Int, _ step: Double) -> CovarianceSummary {
      var psi = optimum.psi
      psi[place] += step
      factors.update(psi)
      return CovarianceSummary(lambda: factors.lambdas[index], size: k)
    }
    // The derivatives in θ, by central differences.
    var deviationSlopes: [[Double]] = []
    var correlationSlopes: [[Double]] = []
    for place in range {
      let (low, high) = (summary(place, -1e-5), summary(place, 1e-5))
      deviationSlopes.append(
        zip(high.standardDeviations, low.standardDeviations).map { ($0 - $1) / 2e-5 })
      correlationSlopes.append(zip(high.correlations, low.correlations).map { ($0 - $1) / 2e-5 })
    }
    func error(_ slopes: [[Double]], _ element: Int) -> Double {
      var variance = 0.0
      for (i, first) in range.enumerated() where slopes[i][element] != 0 {
        for (j, second) in range.enumerated() where slopes[j][element] != 0 {
          variance +=
            slopes[i][element] * slopes[j][element]
            * covariance[first + second * optimum.psi.count]
        }
      }
      return variance > 0 && variance.isFinite ? variance.squareRoot() : .nan
    }
    return (
      (0..<k).map { error(deviationSlopes, $0) },
      (0..<(k * k)).map { $0 % (k + 1) == 0 ? .nan : error(correlationSlopes, $0) }
    )
  }
}
