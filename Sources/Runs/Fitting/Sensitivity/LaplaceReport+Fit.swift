// Laplace's method beside the exact likelihood, at the estimate of a fit.

import Diagnostics
import Laplace
import MixedModel
import RunFolder

extension LaplaceReport {
  /// The check of a fit; nil when it is not available, with the reason in `unavailable`.
  static func make(
    _ fit: MaximumLikelihoodFit, seed: UInt64, unavailable: inout [String]
  ) -> LaplaceReport? {
    func without(_ reason: String) -> LaplaceReport? {
      unavailable.append("Laplace reliability: \(reason)")
      return nil
    }
    if fit.isExact || fit.model.effects.count == 0 {
      return LaplaceReport(
        method: "exact", points: 0, difference: 0, differenceError: .nan, paretoK: .nan,
        shifts: [], largestLevel: nil, largestCorrection: 0)
    }
    guard let likelihoods = LevelLikelihoods(fit.model) else {
      return without(
        "the grouping factors are crossed or nested, so that the integral has as many dimensions as there are random effects; "
          + "compare with --method mcmc.")
    }
    let result: LaplaceReliability?
    do {
      result = try LaplaceReliability(fit, likelihoods, seed: seed)
    } catch {
      return without("a group's random effects have no mode at the estimate.")
    }
    guard let found = result, let free = FreeParameters(fit) else {
      return without("the information matrix is not positive definite.")
    }
    let quantities = PopulationQuantities(fit, free)
    let shifts = quantities.changes(found.shift)
    let errors = found.shiftError.map { error in
      // Of coordinates that move together the quantity's error is bounded by the sum of theirs.
      quantities.errorBound(error)
    }
    let largest = found.corrections.indices.max {
      abs(found.corrections[$0]) < abs(found.corrections[$1])
    }
    let (method, points) =
      switch found.method {
      case .quadrature(let points): ("quadrature", points)
      case .sampling(let draws): ("importance sampling", draws)
      }
    return LaplaceReport(
      method: method, points: points, difference: found.difference,
      differenceError: found.differenceError ?? .nan,
      paretoK: Self.commonShape(found.logRatios.compactMap(Self.shape)),
      shifts: quantities.names.indices.map {
        Shift(name: quantities.names[$0], shift: shifts[$0], error: errors?[$0] ?? .nan)
      },
      largestLevel: largest.map { likelihoods.levels[$0] },
      largestCorrection: largest.map { found.corrections[$0] } ?? 0)
  }

  /// The k that 95 % of the levels do not pass: of hundreds of estimates the largest is one of chance.
  private static func commonShape(_ shapes: [Double]) -> Double {
    guard !shapes.isEmpty else { return .nan }
    return shapes.sorted()[(shapes.count - 1) * 19 / 20]
  }

  /// Pareto k of importance ratios; nil where the tail has no shape.
  private static func shape(_ logRatios: [Double]) -> Double? {
    var smoother = ParetoSmoother()
    let reciprocals = logRatios.map { -$0 }
    let isUsable = smoother.load(reciprocals.span)
    guard isUsable else { return nil }
    smoother.smooth()
    return smoother.paretoK.isFinite ? smoother.paretoK : nil
  }
}
