// The maximum of the likelihood (or of the penalised likelihood), with an event for every iteration.

import Laplace
import MixedModel
import RunFolder

/// A fit by maximum likelihood or to the mode of the posterior.
package struct LikelihoodRun: Sendable {
  /// The finished fit.
  package let fit: MaximumLikelihoodFit
  /// The seconds it took.
  package let seconds: Double

  /// Maximises the likelihood of `model`, penalised by `penalty` if there is one.
  ///
  /// - Parameters:
  ///   - start: where to start; the model's own starting values when nil.
  ///   - isStopped: asked in every iteration.
  package init(
    _ model: MixedModel, penalty: (any ParameterPenalty)? = nil, start: [Double]? = nil,
    sink: any FitEventSink, isStopped: () -> Bool = { false }
  ) throws(FittingError) {
    let first = start ?? model.startingValues()
    guard model.residualCorrelation == nil else {
      let likelihood = GaussianLikelihood(model: model, penalty: penalty)
      try self.init(likelihood, start: first, sink: sink, isStopped: isStopped)
      return
    }
    let approximation = LaplaceApproximation(model: model, penalty: penalty)
    try self.init { () throws(LaplaceFailure) in
      let (optimum, workspace) = try Self.climb(approximation, first, sink, isStopped)
      return try MaximumLikelihoodFit(approximation, optimum, workspace)
    }
  }

  /// Maximises the exact likelihood, or the restricted likelihood, of a Gaussian model from a start in all of ψ.
  package init(
    _ likelihood: GaussianLikelihood, start: [Double], sink: any FitEventSink,
    isStopped: () -> Bool = { false }
  ) throws(FittingError) {
    try self.init { () throws(LaplaceFailure) in
      let first = likelihood.start(from: start)
      let (optimum, _) = try Self.climb(likelihood, first, sink, isStopped)
      return try MaximumLikelihoodFit(likelihood, optimum)
    }
  }

  /// Takes the time of a fit.
  private init(
    _ body: () throws(LaplaceFailure) -> MaximumLikelihoodFit
  ) throws(FittingError) {
    let clock = ContinuousClock()
    let begin = clock.now
    do { fit = try body() } catch { throw FittingError(error) }
    seconds = (clock.now - begin).inSeconds
  }

  private static func climb<Objective: MarginalObjective>(
    _ objective: Objective, _ start: [Double], _ sink: any FitEventSink, _ isStopped: () -> Bool
  ) throws(LaplaceFailure) -> (Optimum, Objective.Workspace) {
    var optimizer = Optimizer(objective, startingAt: start)
    return try optimizer.run { step in
      sink.receive(
        .optimizer(
          OptimizerStep(
            iteration: step.iteration, logLikelihood: step.logLikelihood,
            gradientMax: step.gradientMax, stepLength: step.stepLength,
            evaluations: step.evaluations)))
      return !isStopped()
    }
  }
}

extension Duration {
  /// The duration as a number of seconds.
  package var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

extension PriorDensity: ParameterPenalty {}

extension CoordinatePrior: ParameterPenalty {}

extension LikelihoodRun {
  /// Maximises the restricted likelihood of `model`.
  ///
  /// - Throws: when the model is not Gaussian, of which alone it is known.
  package init(
    restricted model: MixedModel, sink: any FitEventSink, isStopped: () -> Bool = { false }
  ) throws(FittingError) {
    try Self.requireRestrictable(model)
    try self.init(
      GaussianLikelihood(restricted: model), start: model.startingValues(), sink: sink,
      isStopped: isStopped)
  }

  /// Throws when the model has no restricted likelihood.
  static func requireRestrictable(_ model: MixedModel) throws(FittingError) {
    guard !model.isGaussian else { return }
    let other = model.outcomes.first { !$0.isGaussian }?.label
    throw FittingError(
      "--method reml is for gaussian outcomes with identity link and no random effects on sigma"
        + (other.map { ", and '\($0)' is not one" } ?? "") + "; use ml, map or mcmc",
      exitCode: 64)
  }
}
