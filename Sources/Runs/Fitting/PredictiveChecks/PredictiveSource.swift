// What responses are simulated from: posterior draws, or points drawn around an estimate.

import Laplace
import LinearAlgebra
import MixedModel
import Predictive
import Probability
import RunFolder
import Sampling

/// Parameters and random effects, one point for each simulation.
package struct PredictiveSource: Sendable {
  /// Where the points come from.
  package let basis: PredictiveBasis
  /// The posterior draws that there were; 0 for a bootstrap.
  package let draws: Int
  /// The points.
  package let points: [PredictivePoint]

  /// Points that are draws from a posterior of which there were `draws`.
  package init(posterior points: [PredictivePoint], of draws: Int) {
    basis = .posterior
    self.draws = draws
    self.points = points
  }

  /// `count` points for a parametric bootstrap around an estimate.
  ///
  /// Parameters and effects are drawn jointly from the normal approximation N(mode, Q⁻¹) that
  /// `JointPrecision` states, so that the mean of a group is as well known as the data make it. Where there
  /// is no usable approximation - at the edge of the parameter space, in restricted fits, with residual
  /// correlations - all simulations are at the estimate, and `basis` says so.
  package init(
    _ fit: MaximumLikelihoodFit, priors: PriorDensity, isRestricted: Bool, count: Int, seed: UInt64
  ) {
    draws = 0
    if !isRestricted, let points = Self.draw(count, around: fit, priors, seed) {
      basis = .normalApproximation
      self.points = points
    } else {
      basis = .estimate
      points = [PredictivePoint(psi: fit.optimum.psi, effects: fit.modes)]
    }
  }

  /// A standard error of a log standard deviation beyond which draws of it are absurd.
  private static let greatestLogError = 1.5

  private static func draw(
    _ count: Int, around fit: MaximumLikelihoodFit, _ priors: PriorDensity, _ seed: UInt64
  ) -> [PredictivePoint]? {
    let model = fit.model
    guard model.residualCorrelation == nil,
      !fit.warnings.contains(where: { $0.code == "singular-fit" }),
      fit.optimum.psi.indices.allSatisfy({ fit.standardError($0) != nil })
    else { return nil }
    for block in model.effects.blocks {
      for (place, member) in block.covariance.logStandardDeviations.enumerated()
      where member != nil {
        let error = fit.standardError(block.thetaOffset + place) ?? .infinity
        if error > greatestLogError { return nil }
      }
    }
    // The prior has no part in Q: it is on ψ alone, whose curvature is given.
    let coordinates = EffectCoordinates(fit: fit)
    var density = PosteriorDensity(model: model, prior: priors, coordinates: coordinates)
    var reported = ReportedParameters(model: model, coordinates: coordinates)
    let metric: ArrowPreconditioner
    do {
      let precision = try JointPrecision(
        density: &density, psi: fit.optimum.psi, marginalHessian: fit.optimum.hessian,
        modes: fit.standardModes)
      var factor = ArrowFactor(structure: precision.matrix.structure)
      try factor.factor(precision.matrix)
      metric = ArrowPreconditioner(mode: precision.mode, factor: factor)
    } catch {
      return nil
    }
    var stream = RandomStream(seed: seed, stream: 2_000_000)
    var (y, x) = (
      [Double](repeating: 0, count: density.dimension),
      [Double](repeating: 0, count: density.dimension)
    )
    var values = [Double](repeating: 0, count: reported.names.count)
    var points: [PredictivePoint] = []
    points.reserveCapacity(count)
    for _ in 0..<count {
      for i in y.indices { y[i] = stream.nextNormal() }
      var target = x.mutableSpan
      metric.transform(y.span, into: &target)
      reported.write(x.span, into: &values)
      let (psi, effects) = reported.point(of: values)
      guard psi.allSatisfy(\.isFinite), effects.allSatisfy(\.isFinite) else { return nil }
      points.append(PredictivePoint(psi: psi, effects: effects))
    }
    return points
  }
}
