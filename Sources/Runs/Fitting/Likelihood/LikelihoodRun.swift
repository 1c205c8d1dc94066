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
    let clock = ContinuousClock()
    let begin = clock.now
    let approximation = LaplaceApproximation(model: model, penalty: penalty)
    var optimizer = Optimizer(approximation, startingAt: start ?? model.startingValues())
    do {
      let (optimum, workspace) = try optimizer.run { step in
        sink.receive(
          .optimizer(
            OptimizerStep(
              iteration: step.iteration, logLikelihood: step.logLikelihood,
              gradientMax: step.gradientMax, stepLength: step.stepLength,
              evaluations: step.evaluations)))
        return !isStopped()
      }
      fit = try MaximumLikelihoodFit(approximation, optimum, workspace)
    } catch {
      throw FittingError(error)
    }
    seconds = (clock.now - begin).inSeconds
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
