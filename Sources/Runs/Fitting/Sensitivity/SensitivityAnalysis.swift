// Sensitivity and structure of a finished run: all parts, and the verdicts on them.

import Diagnostics
import Laplace
import MixedModel
import RunFolder

/// How far the results of a run depend on the prior, on single groups and on approximations, and what cannot be told apart.
package struct SensitivityAnalysis: Sendable {
  /// The numbers.
  package let report: SensitivityReport

  /// The analysis of a run with its fit by maximum likelihood.
  ///
  /// Power scaling, contraction and correlations need draws; influence, information and Laplace's reliability are those of
  /// the fit. A restricted fit is replaced by one of the whole likelihood, which alone is a product over groups.
  ///
  /// - Parameter group: the grouping factor whose levels are left out; the one with the most effects when nil.
  /// - Throws: when the model has no such factor, cannot be fitted, or the run has draws from the prior alone.
  package init(
    finished run: FinishedRun, likelihood: LikelihoodRun, group: String? = nil
  ) throws(FittingError) {
    guard !run.request.isPriorOnly else {
      throw FittingError(
        "\(run.folder.path): draws from the prior alone have no likelihood to be sensitive to; give a run with data",
        exitCode: 65)
    }
    let whole =
      run.request.method == .reml ? try LikelihoodRun(run.model, sink: NullSink()) : likelihood
    let penalty: (any ParameterPenalty)? =
      run.request.method == .map ? run.prepared.priors.including(jacobian: false) : nil
    var unavailable: [String] = []
    if run.request.method == .reml {
      unavailable.append(
        "Of the restricted likelihood: it is no product over groups, so influence and information are those of maximum likelihood."
      )
    }
    let draws = PickedDraws(run, limit: PowerScalingReport.drawLimit)
    let powerScaling = draws.flatMap { PowerScalingReport(run, draws: $0) }
    if draws == nil {
      unavailable.append("Prior and likelihood: power scaling needs draws (--method mcmc).")
    } else if powerScaling == nil {
      unavailable.append(
        "Prior and likelihood: a log density of some draw is not finite, so that it cannot be scaled."
      )
    }
    let influence = try InfluenceReport.make(
      whole, penalty: penalty, group: group, unavailable: &unavailable)
    let laplace = LaplaceReport.make(
      whole.fit, seed: run.request.seed, unavailable: &unavailable)
    report = SensitivityReport(
      draws: draws?.points.count ?? 0, seed: run.request.seed, powerScaling: powerScaling,
      influence: influence, identifiability: IdentifiabilityReport(whole.fit, run, draws: draws),
      laplace: laplace, unavailable: unavailable)
  }

  /// The verdicts on all parts: one for each finding, or one that a part is in order.
  package var verdicts: [Verdict] { report.verdicts }
}

extension SensitivityReport {
  /// The verdicts on all parts.
  package var verdicts: [Verdict] {
    var result: [Verdict] = []
    if let powerScaling {
      result += PowerScalingVerdicts.verdicts(
        powerScaling.parameters.map {
          ($0.name, PowerScalingSensitivity(prior: $0.prior, likelihood: $0.likelihood))
        })
    }
    if let influence { result += influence.verdicts }
    result += identifiability.verdicts
    if let laplace { result += laplace.verdicts }
    return result
  }
}

extension InfluenceReport {
  fileprivate var verdicts: [Verdict] {
    InfluenceVerdicts.verdicts(
      factor: factor, levelCount: levelCount, parameters: parameters,
      isCoefficient: parameters.map { $0.hasPrefix("b_") },
      levels: levels.map {
        InfluenceVerdicts.Level(
          name: $0.level, distance: $0.distance.isNaN ? nil : $0.distance, changes: $0.changes)
      })
  }
}

extension IdentifiabilityReport {
  fileprivate var verdicts: [Verdict] {
    var result: [Verdict] = []
    if let weakest = directions.first {
      result.append(
        IdentifiabilityVerdicts.information(
          eigenvalue: weakest.eigenvalue, parameters: weakest.parameters))
    }
    for design in designs {
      result.append(
        IdentifiabilityVerdicts.collinearity(
          subject: design.parameter == "mu"
            ? design.outcome : "\(design.parameter) of \(design.outcome)",
          terms: design.terms, inflation: design.inflation))
    }
    result += IdentifiabilityVerdicts.contraction(contractions.map { ($0.name, $0.contraction) })
    result += IdentifiabilityVerdicts.pairs(
      pairs.filter { !$0.isByOrigin }.map { ($0.first, $0.second, $0.correlation) },
      hasDraws: !contractions.isEmpty || !pairs.isEmpty)
    return result
  }
}

extension LaplaceReport {
  fileprivate var verdicts: [Verdict] {
    let known = shifts.filter { $0.shift.isFinite }
    let largest = known.max { abs($0.shift) < abs($1.shift) }
    return [
      LaplaceVerdicts.verdict(
        isExact: method == "exact",
        largest: largest.map { ($0.name, $0.shift, $0.error.isNaN ? nil : $0.error) },
        paretoK: paretoK.isNaN ? nil : paretoK, draws: method == "quadrature" ? nil : points)
    ]
  }
}
