// The plan of a Gaussian model's chains: they move on variances and correlations alone.

import Laplace
import LinearAlgebra
import MixedModel
import RunFolder
import Sampling

/// The marginal posterior of a Gaussian model with the preconditioner at its mode.
struct GaussianPlan {
  let density: GaussianPosterior
  let metric: ModelMetric
  let settings: ChainSettings
  let warnings: [FitWarning]

  /// Whether a model's chains are planned here; with correlated residuals there is no other way.
  static func suits(_ model: MixedModel) -> Bool {
    model.residualCorrelation != nil || GaussianMarginal.isWorthwhile(for: model)
  }

  /// Finds the mode of the marginal posterior, first from a likelihood fit unless that lies at a boundary.
  init(
    _ likelihood: MaximumLikelihoodFit, prior: PriorDensity, request: RunRequest,
    isStopped: () -> Bool
  ) throws(FittingError) {
    density = GaussianPosterior(model: likelihood.model, prior: prior)
    let isSingular = likelihood.warnings.contains { $0.code == "singular-fit" }
    // At a hard edge of a prior there is no gradient to follow: the mode is sought before it, from a point inside.
    let inner =
      prior.hasHardEdges
      ? GaussianPosterior(model: likelihood.model, prior: prior.withBarrier) : density
    let fitted = inner.coordinates.position(of: prior.inside(likelihood.optimum.psi))
    let first = inner.coordinates.position(of: prior.inside(likelihood.model.startingValues()))
    let mode: GaussianMode
    do {
      mode = try GaussianMode(
        inner, from: isSingular ? [first, fitted] : [fitted, first], isStopped: isStopped)
      var matrix = ArrowMatrix(
        structure: ArrowStructure(
          blockSize: 0, blockCount: 0, denseCornerSize: mode.position.count))
      matrix.corner = mode.precision
      var factor = ArrowFactor(structure: matrix.structure)
      try factor.factor(matrix)
      metric = .arrow(ArrowPreconditioner(mode: mode.position, factor: factor))
    } catch let error as LaplaceFailure {
      throw FittingError(error)
    } catch {
      throw FittingError(
        "the posterior of variances and correlations has no usable scale at its mode; use narrower priors",
        exitCode: 65)
    }
    settings = ChainSettings(
      warmup: WarmupSchedule(
        iterations: request.warmup, kind: mode.isUsable ? .stepSizeOnly : .windowed),
      metric: mode.isUsable ? .unit : .lowRank, targetAcceptance: request.targetAcceptance,
      maximumTreeDepth: request.maxTreeDepth)
    warnings =
      mode.isUsable
      ? []
      : [
        FitWarning(
          code: "mode-not-usable",
          message:
            "the posterior of variances and correlations has no usable curvature at its mode; the metric is adapted in warm-up",
          advice:
            "use narrower priors on sds and correlations, and at least 1000 warm-up iterations (--warmup 1000)"
        )
      ]
  }
}
