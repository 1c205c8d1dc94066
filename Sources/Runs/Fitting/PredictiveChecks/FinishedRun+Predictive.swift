// Predictive checks of a run that is read back, with statistics and columns of the user's choice.

import MixedModel
import RunFolder

extension FinishedRun {
  /// The predictive checks from the run's draws; of a run without draws from its estimate, found anew.
  ///
  /// - Throws: when the run compares nothing with data, or an option does not fit its data.
  package func predictiveReport(_ options: PredictiveOptions) throws(FittingError)
    -> PredictiveReport
  {
    guard !request.isPriorOnly else {
      throw FittingError(
        "\(folder.path): its draws are from the prior, which is not about these data; fit the model without --prior-only",
        exitCode: 65)
    }
    let source: PredictiveSource
    if drawCount > 0 {
      source = PredictiveSource(
        posterior: drawnPoints(limit: options.simulations), of: drawCount)
    } else if request.method == .mcmc {
      throw FittingError("\(folder.path): there are no draws after warm-up yet", exitCode: 65)
    } else {
      source = PredictiveSource(
        try likelihood().fit, priors: prepared.priors, isRestricted: request.method == .reml,
        count: options.simulations, seed: options.seed)
    }
    return try PredictiveReport(prepared, source: source, options: options)
  }
}
