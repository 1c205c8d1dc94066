// How well a model predicts observations that are left out: what stands in loo.json.

/// The leave-one-out prediction of one observation.
package struct LooPoint: Sendable, Equatable {
  package var outcome: String
  /// The row of data.csv, counted from 1, or the level that was left out.
  package var label: String
  package var elpd: Double
  /// The shape of the tail of the importance weights; infinite when it cannot be found.
  package var paretoK: Double
  /// The level of the main grouping factor that it belongs to; empty where there is none.
  package var level: String
  /// The observed value; NaN where several values are left out together.
  package var y: Double
  /// Its share of p_loo.
  package var effectiveParameters: Double
  /// The Monte Carlo standard error of `elpd`; NaN where it is not known.
  package var monteCarloError: Double
  /// The independent draws that its weighted draws are worth.
  package var effectiveDraws: Double

  package init(
    outcome: String, label: String, elpd: Double, paretoK: Double, level: String = "",
    y: Double = .nan, effectiveParameters: Double = .nan, monteCarloError: Double = .nan,
    effectiveDraws: Double = .nan
  ) {
    self.outcome = outcome
    self.label = label
    self.elpd = elpd
    self.paretoK = paretoK
    self.level = level
    self.y = y
    self.effectiveParameters = effectiveParameters
    self.monteCarloError = monteCarloError
    self.effectiveDraws = effectiveDraws
  }
}

/// PSIS-LOO and WAIC of a run: `loo.json`, schema `mglmm-loo/1`.
package struct LooReport: Sendable, Equatable {
  /// The draws that it rests on, all chains together.
  package var draws: Int
  /// The grouping factor of which whole levels are left out; nil where single observations are.
  package var leftOut: String?
  package var elpd: Double
  package var standardError: Double
  /// The effective number of parameters.
  package var effectiveParameters: Double
  package var effectiveParametersError: Double
  /// NaN with groups left out.
  package var elpdWAIC: Double
  package var standardErrorWAIC: Double
  package var effectiveParametersWAIC: Double
  /// The k above which an observation's share is not reliable.
  package var paretoKThreshold: Double
  package var points: [LooPoint]
  /// The Monte Carlo standard error of `elpd`; NaN while an observation's share is not reliable.
  package var monteCarloError: Double

  package init(
    draws: Int, leftOut: String?, elpd: Double, standardError: Double, effectiveParameters: Double,
    effectiveParametersError: Double, elpdWAIC: Double, standardErrorWAIC: Double,
    effectiveParametersWAIC: Double, paretoKThreshold: Double, points: [LooPoint],
    monteCarloError: Double = .nan
  ) {
    self.draws = draws
    self.leftOut = leftOut
    self.elpd = elpd
    self.standardError = standardError
    self.effectiveParameters = effectiveParameters
    self.effectiveParametersError = effectiveParametersError
    self.elpdWAIC = elpdWAIC
    self.standardErrorWAIC = standardErrorWAIC
    self.effectiveParametersWAIC = effectiveParametersWAIC
    self.paretoKThreshold = paretoKThreshold
    self.points = points
    self.monteCarloError = monteCarloError
  }

  /// The points whose share is not reliable.
  package var badPoints: [LooPoint] { points.filter { !($0.paretoK <= paretoKThreshold) } }
}
