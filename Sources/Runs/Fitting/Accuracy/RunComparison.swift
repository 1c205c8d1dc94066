// Runs of the same data compared: by leave-one-out prediction where there are draws, else by information criteria.

import Diagnostics
import MixedModel
import RunFolder

extension ComparisonReport {
  /// Compares runs, the best first.
  ///
  /// - Throws: when the runs are not of the same values, when draws are mixed with likelihood fits, or when a run has no
  ///   result.
  package init(_ runs: [FinishedRun], threads: Int = 2) throws(FittingError) {
    guard runs.count >= 2 else {
      throw FittingError("give at least two runs to compare", exitCode: 64)
    }
    if let prior = runs.first(where: \.request.isPriorOnly) {
      throw FittingError(
        "\(prior.folder.path): the draws are from the priors alone, so that there is nothing to compare",
        exitCode: 65)
    }
    let sampled = runs.filter { $0.request.method == .mcmc }
    guard sampled.isEmpty || sampled.count == runs.count else {
      let other = runs.first { $0.request.method != .mcmc }
      throw FittingError(
        "\(sampled[0].folder.path) has draws and \(other?.folder.path ?? "") has none: "
          + "elpd and AIC are different scales; compare runs of one method",
        exitCode: 65)
    }
    for run in runs.dropFirst() { try Self.checkSameData(runs[0], run) }
    self = try sampled.isEmpty ? Self.byLikelihood(runs) : Self.byPrediction(runs, threads)
  }

  /// Refuses runs that do not have the same values of the same outcomes in the same rows.
  private static func checkSameData(_ a: FinishedRun, _ b: FinishedRun) throws(FittingError) {
    func refuse(_ reason: String) -> FittingError {
      FittingError(
        "\(a.folder.path) and \(b.folder.path) cannot be compared: \(reason)", exitCode: 65)
    }
    let (first, second) = (a.observed, b.observed)
    guard first.map(\.name).sorted() == second.map(\.name).sorted() else {
      throw refuse(
        "the outcomes are \(first.map(\.name).joined(separator: ", ")) and \(second.map(\.name).joined(separator: ", "))"
      )
    }
    for outcome in first {
      guard let other = second.first(where: { $0.name == outcome.name }) else { continue }
      guard outcome.values.count == other.values.count else {
        throw refuse(
          "'\(outcome.name)' has \(outcome.values.count) and \(other.values.count) values; fit both to the same rows (a missing covariate drops rows)"
        )
      }
      guard outcome.values == other.values, outcome.trials == other.trials else {
        throw refuse(
          "the values of '\(outcome.name)' differ; a transformed outcome is another outcome")
      }
    }
    let joint = [a, b].filter { $0.model.residualCorrelation != nil }
    if joint.count == 1 {
      throw refuse(
        "with residual correlation whole rows are left out, without it single values; write set_rescor() alike in both"
      )
    }
  }

  private static func byPrediction(_ runs: [FinishedRun], _ threads: Int) throws(FittingError)
    -> ComparisonReport
  {
    var reports: [LooReport] = []
    for run in runs { reports.append(try run.looReport(threads: threads)) }
    let pointwise = reports.map(Self.pointwise)
    guard pointwise.allSatisfy({ $0.count == pointwise[0].count }) else {
      throw FittingError("the runs have different numbers of observations", exitCode: 65)
    }
    let comparison = ModelComparison(pointwise: pointwise)
    let stacking = ModelWeights.stacking(pointwise)
    let pseudo = ModelWeights.pseudoWithBootstrap(pointwise)
    var notes: [String] = []
    for entry in comparison.entries.dropFirst() where comparison.isClose(entry) {
      notes.append(
        "\(runs[entry.model].folder.name) predicts about as well as the best: a difference below 4 is small, and its standard error is not reliable"
      )
    }
    if comparison.hasFewObservations {
      notes.append(
        "there are fewer than 100 observations, so the standard errors of differences are too small"
      )
    }
    for (run, report) in zip(runs, reports) where !report.badPoints.isEmpty {
      notes.append(
        "\(run.folder.name): \(report.badPoints.count) of \(report.points.count) observations have a Pareto k above the threshold; mglmm-fit loo \(run.folder.name) names them"
      )
    }
    return ComparisonReport(
      criterion: .elpd, observations: comparison.observations,
      entries: comparison.entries.map { entry in
        Entry(
          run: runs[entry.model].folder.name,
          prediction: Prediction(
            elpd: entry.elpd, standardError: reports[entry.model].standardError,
            difference: entry.difference, differenceError: entry.error,
            effectiveParameters: reports[entry.model].effectiveParameters,
            badParetoK: reports[entry.model].badPoints.count,
            stackingWeight: stacking?[entry.model] ?? .nan,
            pseudoWeight: pseudo?[entry.model] ?? .nan))
      }, notes: notes)
  }

  /// elpd in an order that does not depend on the order of the outcomes in the formula.
  private static func pointwise(_ report: LooReport) -> [Double] {
    report.points.enumerated().sorted { a, b in
      a.element.outcome == b.element.outcome
        ? a.offset < b.offset : a.element.outcome < b.element.outcome
    }.map(\.element.elpd)
  }

  private static func byLikelihood(_ runs: [FinishedRun]) throws(FittingError) -> ComparisonReport {
    var fits: [FitReport] = []
    for run in runs {
      let fit: FitReport?
      do { fit = try run.folder.fitReport() } catch { throw FittingError(error) }
      guard let fit else {
        throw FittingError(
          "\(run.folder.path): there is no result yet; wait for it, or resume the run", exitCode: 65
        )
      }
      fits.append(fit)
    }
    let methods = Set(runs.map(\.request.method.rawValue))
    guard methods.count == 1, let method = methods.first else {
      throw FittingError(
        "the runs are by \(methods.sorted().joined(separator: " and ")), whose likelihoods are different things; compare runs of one method",
        exitCode: 65)
    }
    var notes = [
      "there are no draws: AIC and BIC take the place of elpd; --method mcmc --loo compares predictions"
    ]
    if method == "reml" {
      notes.append(
        "restricted likelihoods compare random effects only: the fixed effects must be alike")
    }
    if method == "map" {
      notes.append(
        "the log-likelihoods are those at the posterior mode, so AIC and BIC are approximate")
    }
    let best = fits.map(\.aic).min() ?? .nan
    let bestBIC = fits.map(\.bic).min() ?? .nan
    let order = fits.indices.sorted {
      fits[$0].aic == fits[$1].aic ? $0 < $1 : fits[$0].aic < fits[$1].aic
    }
    return ComparisonReport(
      criterion: .aic, observations: runs[0].model.observationCount,
      entries: order.map { index in
        Entry(
          run: runs[index].folder.name,
          likelihood: Likelihood(
            logLikelihood: fits[index].logLikelihood,
            degreesOfFreedom: fits[index].degreesOfFreedom, aic: fits[index].aic,
            aicDifference: fits[index].aic - best, bic: fits[index].bic,
            bicDifference: fits[index].bic - bestBIC))
      }, notes: notes)
  }
}

extension FinishedRun {
  /// The values of each outcome in the order of the data.
  fileprivate var observed: [(name: String, values: [Double], trials: [Double])] {
    model.outcomes.map { outcome in
      let (y, trials) = outcome.valuesInDataOrder
      return (outcome.name, y, trials)
    }
  }
}
