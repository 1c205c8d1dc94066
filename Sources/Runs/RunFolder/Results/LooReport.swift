// How well a model predicts observations that are left out: what stands in loo.json.

/// The leave-one-out prediction of one observation.
package struct LooPoint: Sendable, Equatable {
  package var outcome: String
  /// The row of data.csv, counted from 1, or the level that was left out.
  package var label: String
  package var elpd: Double
  /// The shape of the tail of the importance weights; infinite when it cannot be found.
  package var paretoK: Double

  package init(outcome: String, label: String, elpd: Double, paretoK: Double) {
    self.outcome = outcome
    self.label = label
    self.elpd = elpd
    self.paretoK = paretoK
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

  package init(
    draws: Int, leftOut: String?, elpd: Double, standardError: Double, effectiveParameters: Double,
    effectiveParametersError: Double, elpdWAIC: Double, standardErrorWAIC: Double,
    effectiveParametersWAIC: Double, paretoKThreshold: Double, points: [LooPoint]
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
  }

  /// The points whose share is not reliable.
  package var badPoints: [LooPoint] { points.filter { !($0.paretoK <= paretoKThreshold) } }
}
