// All that chains need before they start: the posterior, its coordinates, its preconditioner and starting points.

import Laplace
import LinearAlgebra
import MixedModel
import Probability
import RunFolder
import Sampling

/// The plan of a run's chains: equal requests give equal plans, so a resumed run finds the same posterior.
package struct PosteriorPlan: Sendable {
  /// The posterior, in the coordinates in which it is sampled.
  package let density: ModelDensity
  /// What draws report.
  package let reporter: DrawReporter
  /// The preconditioner.
  package let metric: ModelMetric
  /// The settings of every chain.
  package let settings: ChainSettings
  /// What the user should know.
  package let warnings: [FitWarning]

  private let seed: UInt64

  /// Finds the mode of the posterior from a likelihood fit, and the precision there.
  ///
  /// The chains of Gaussian models move on variances and correlations alone, unless `isJoint` asks for the general way.
  package init(
    _ likelihood: MaximumLikelihoodFit, prior: PriorDensity, request: RunRequest,
    isJoint: Bool = false, isStopped: () -> Bool = { false }
  ) throws(FittingError) {
    let model = likelihood.model
    seed = request.seed
    if GaussianPlan.suits(model) && !isJoint {
      let plan = try GaussianPlan(likelihood, prior: prior, request: request, isStopped: isStopped)
      density = ModelDensity(plan.density)
      reporter = DrawReporter(plan.density, seed: request.seed)
      (metric, settings, warnings) = (plan.metric, plan.settings, plan.warnings)
      return
    }
    let isSingular = likelihood.warnings.contains { $0.code == "singular-fit" }
    let penalty = prior.including(jacobian: true)
    let start = isSingular ? model.startingValues() : likelihood.optimum.psi
    let mode = try LikelihoodRun(
      model,
      penalty: CoordinatePrior(prior.hasHardEdges ? penalty.withBarrier : penalty, model: model),
      start: prior.inside(start), sink: NullSink(), isStopped: isStopped
    ).fit
    var density = PosteriorDensity(
      model: model, prior: prior, coordinates: EffectCoordinates(fit: mode))
    let warmup = request.warmup
    do {
      let precision = try JointPrecision(
        density: &density, psi: mode.optimum.psi, marginalHessian: mode.optimum.hessian,
        modes: mode.standardModes)
      var factor = ArrowFactor(structure: precision.matrix.structure)
      try factor.factor(precision.matrix)
      metric = .arrow(ArrowPreconditioner(mode: precision.mode, factor: factor))
      settings = ChainSettings(
        warmup: WarmupSchedule(iterations: warmup, kind: .stepSizeOnly),
        rotated: model.effects.count, targetAcceptance: request.targetAcceptance,
        maximumTreeDepth: request.maxTreeDepth)
      warnings = []
    } catch {
      var factors = CovarianceFactors(layout: model.effects)
      factors.update(mode.optimum.psi)
      let centre =
        density.coordinates.coordinates(mode.standardModes, factors)
        + density.parameters.coordinates(mode.optimum.psi)
      let scales = (0..<centre.count).map { index in
        index < model.effects.count ? 1 : mode.standardError(index - model.effects.count) ?? 1
      }
      metric = .diagonal(DiagonalPreconditioner(centre: centre, scale: scales))
      settings = ChainSettings(
        warmup: WarmupSchedule(iterations: warmup, kind: .windowed), metric: .lowRank,
        rotated: model.effects.count, targetAcceptance: request.targetAcceptance,
        maximumTreeDepth: request.maxTreeDepth)
      warnings = [
        FitWarning(
          code: "mode-not-usable",
          message:
            "the posterior has no usable curvature at its mode; the metric is adapted in warm-up",
          advice: "expect slower sampling; use at least 1000 warm-up iterations (--warmup 1000)")
      ]
    }
    self.density = ModelDensity(density)
    reporter = DrawReporter(density)
  }

  /// A chain at its starting point: overdispersed around the mode, drawn again where the density is zero.
  func makeChain(_ number: Int) throws(FittingError) -> Chain<ModelDensity, ModelMetric> {
    var stream = RandomStream(seed: seed, stream: UInt64(number))
    for attempt in 0..<20 {
      // Later attempts stay nearer to the mode.
      let start = overdispersedStart(
        around: metric, scale: attempt < 5 ? 1.5 : 1.5 / Double(attempt - 3), stream: &stream)
      do {
        return try Chain(
          density: density, preconditioner: metric, start: start, settings: settings,
          stream: stream)
      } catch {
        continue
      }
    }
    throw FittingError(
      "chain \(number) found no starting point with positive density in 20 attempts; use narrower priors",
      exitCode: 65)
  }

  /// The chain that continues from a checkpoint.
  func resumeChain(_ state: ChainState) throws(FittingError) -> Chain<ModelDensity, ModelMetric> {
    do {
      return try Chain(resuming: state, density: density, preconditioner: metric)
    } catch {
      throw FittingError(
        "the checkpoint does not belong to this model and data (\(error)); start a new run",
        exitCode: 65)
    }
  }
}
