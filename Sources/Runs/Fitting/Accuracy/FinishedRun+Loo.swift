// Leave-one-out results of a run that is read back: those in its folder, or new ones.

import Diagnostics
import MixedModel
import RunFolder

extension FinishedRun {
  /// The draws of the run, ready for leaving out observations.
  ///
  /// - Throws: when the run has no draws, or its draws know nothing of the data.
  package func leaveOneOut() throws(FittingError) -> LeaveOneOut {
    guard !request.isPriorOnly else {
      throw FittingError(
        "\(folder.path): the draws are from the priors alone and know nothing of the data; run it without --prior-only",
        exitCode: 65)
    }
    guard request.method == .mcmc else {
      throw FittingError(
        "\(folder.path): a fit by \(request.method.rawValue) has no draws to leave observations out with; run it with --method mcmc, or compare its AIC",
        exitCode: 65)
    }
    guard drawCount > 0 else {
      throw FittingError("\(folder.path): there are no draws yet; wait for them", exitCode: 65)
    }
    return try LeaveOneOut(model: model, stores: stores)
  }

  /// PSIS-LOO of single observations: what loo.json holds if that is of all draws, else computed and written there.
  package func looReport(threads: Int = 2) throws(FittingError) -> LooReport {
    let leaveOneOut = try leaveOneOut()
    do {
      if let known = try folder.looReport(), known.leftOut == nil,
        known.draws == leaveOneOut.drawCount,
        known.points.count == LeaveOneOut.observationCount(model)
      {
        return known
      }
    } catch {
      throw FittingError(error)
    }
    let report = try leaveOneOut.observations(threads: threads)
    try write(report)
    return report
  }

  /// Writes loo.json.
  package func write(_ report: LooReport) throws(FittingError) {
    do { try folder.write(report) } catch { throw FittingError(error) }
  }

  /// The number of parameters, random effects counted.
  package var parameterCount: Int { model.layout.count + model.effects.count }

  /// The verdicts on leaving out observations, from `report` or from loo.json; empty where there is none.
  package func looVerdicts(_ report: LooReport? = nil) throws(FittingError) -> [Verdict] {
    let known: LooReport?
    do { known = try report ?? folder.looReport() } catch { throw FittingError(error) }
    return known?.verdicts(parameters: parameterCount) ?? []
  }
}
