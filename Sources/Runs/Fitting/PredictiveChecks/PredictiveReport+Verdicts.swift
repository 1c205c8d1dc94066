// The verdicts on a run's predictive checks, for the page of all checks.

import Diagnostics
import RunFolder

extension PredictiveReport {
  /// The verdicts on every outcome: its statistics for the same groups, whether the mean and spread of new
  /// groups are like the data, and the calibration of its predictions.
  ///
  /// A statistic that warns for the same groups is not repeated for new ones.
  package var verdicts: [Verdict] {
    outcomes.flatMap { outcome -> [Verdict] in
      let what = outcome.isConditional ? "data simulated for the same groups" : "data of new groups"
      let warned = outcome.isConditional ? [] : warnedStatistics(of: outcome.name)
      var verdicts: [Verdict] = []
      for result in outcome.statistics where !warned.contains(result.name) {
        guard let check = result.check else { continue }
        verdicts.append(check.verdict(outcome: outcome.name, simulated: what))
      }
      if outcome.isConditional, let curve = outcome.calibration.map(UniformityCurve.init) {
        let isAlone = outcome.calibration?.isLeaveOneOut ?? false
        verdicts.append(curve.verdict(outcome: outcome.name, isLeaveOneOut: isAlone))
      }
      return verdicts
    }
  }

  private func warnedStatistics(of name: String) -> Set<String> {
    let same = outcomes.filter { $0.name == name && $0.isConditional }.flatMap(\.statistics)
    return Set(
      same.filter { $0.pTwoSided < StatisticCheck.warningProbability }.map(\.name))
  }
}

extension PredictiveStatisticResult {
  /// The check from its values; nil for a statistic of another version of the program.
  package var check: StatisticCheck? {
    guard let statistic = try? PredictiveStatistic(parsing: name) else { return nil }
    return StatisticCheck(statistic: statistic, observed: observed, simulated: values)
  }
}

extension UniformityCurve {
  /// The curve of a report.
  package init(_ calibration: PredictiveCalibration) {
    self.init(
      count: calibration.count, points: calibration.points, difference: calibration.difference,
      lower: calibration.lower, upper: calibration.upper)
  }
}
