// How much a posterior moves when its prior or its likelihood is raised to a power near one.

import Glibc

/// What power scaling says of a parameter.
package enum PowerScalingDiagnosis: String, Sendable, CaseIterable {
  /// Prior and likelihood both move it: they may disagree.
  case conflict = "prior-data conflict"
  /// The prior moves it and the likelihood does not: a strong prior or a weak likelihood.
  case strongPrior = "strong prior or weak likelihood"
  /// The prior does not move it.
  case none = "-"
}

/// The sensitivity of one parameter.
package struct PowerScalingSensitivity: Sendable, Equatable {
  /// To the prior.
  package let prior: Double
  /// To the likelihood.
  package let likelihood: Double

  /// A sensitivity from its two numbers.
  package init(prior: Double, likelihood: Double) {
    self.prior = prior
    self.likelihood = likelihood
  }

  /// The sensitivity that counts, 0.05: a mean that moves by about 0.3 posterior standard deviations when the power
  /// doubles (Kallioinen, Paananen, Bürkner & Vehtari 2024).
  package static let threshold = 0.05

  /// The diagnosis at the threshold.
  package var diagnosis: PowerScalingDiagnosis {
    guard prior >= Self.threshold else { return .none }
    return likelihood >= Self.threshold ? .conflict : .strongPrior
  }
}

/// Power scaling of prior and likelihood by importance weights (Kallioinen, Paananen, Bürkner & Vehtari 2024).
///
/// The posterior with the prior raised to α has weights exp((α − 1) log prior). The sensitivity is the distance of the
/// posterior from those at α = 0.99 and 1.01, for each unit of log₂ α:
/// (distance(0.99) + distance(1.01)) / (2 log₂ 1.01), as the R package priorsense has it.
package struct PowerScaling: Sendable {
  /// The power above one; the one below is 2 − α.
  package static let upperPower = 1.01

  /// The largest Pareto k of the four sets of weights; nil where no tail has a shape, as with constant densities.
  package let paretoK: Double?
  private let weights: [[Double]]  // prior below and above, likelihood below and above

  /// The scaling from the log prior and the log likelihood of every draw; nil when one of them is not finite.
  ///
  /// The weights are Pareto-smoothed unless `isSmoothed` is false.
  package init?(logPrior: [Double], logLikelihood: [Double], isSmoothed: Bool = true) {
    guard logPrior.count == logLikelihood.count, logPrior.count > 1,
      logPrior.allSatisfy(\.isFinite), logLikelihood.allSatisfy(\.isFinite)
    else { return nil }
    var (sets, ks): ([[Double]], [Double]) = ([], [])
    for component in [logPrior, logLikelihood] {
      for power in [2 - Self.upperPower, Self.upperPower] {
        let ratios = component.map { (power - 1) * $0 }
        guard isSmoothed else {
          sets.append(Self.plainWeights(ratios))
          continue
        }
        var smoother = ParetoSmoother()
        // The smoother takes log densities whose reciprocals are the weights.
        let reciprocals = ratios.map { -$0 }
        let isUsable = smoother.load(reciprocals.span)
        guard isUsable else { return nil }
        smoother.smooth()
        sets.append(smoother.normalizedWeights)
        if smoother.paretoK.isFinite { ks.append(smoother.paretoK) }
      }
    }
    weights = sets
    paretoK = ks.max()
  }

  /// The sensitivity of one parameter's draws, in the order of the log densities; nil for constant draws.
  package func sensitivity(of column: [Double]) -> PowerScalingSensitivity? {
    guard let draws = CumulativeDistance(column) else { return nil }
    let distances = weights.map { draws.fromEqualWeights(to: $0) }
    let scale = 2 * log2(Self.upperPower)
    return PowerScalingSensitivity(
      prior: (distances[0] + distances[1]) / scale,
      likelihood: (distances[2] + distances[3]) / scale)
  }

  /// exp(log ratios), normalised.
  private static func plainWeights(_ logRatios: [Double]) -> [Double] {
    let largest = logRatios.max() ?? 0
    let weights = logRatios.map { exp($0 - largest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
