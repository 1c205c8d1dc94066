// One parameter as the pane of estimates shows it, from draws or from the optimizer.

import Diagnostics
import RunFolder

/// One parameter with its intervals.
struct Estimate: Equatable {
  /// What is known of how well draws tell the parameter.
  struct Convergence: Equatable {
    var rHat: Double?
    var bulkESS: Double?
    var judgements: ParameterJudgements
  }

  /// The parameter's name in draws; made up of outcome and term where there are none.
  var name: String
  /// The name within its section.
  var label: String
  /// The posterior mean or the estimate; NaN while it is not known.
  var point: Double
  /// The posterior standard deviation or the standard error.
  var spread: Double
  var inner: ClosedRange<Double>?
  var outer: ClosedRange<Double>?
  var z: Double?
  var p: Double?
  var convergence: Convergence?
  var prior: ParameterPrior?
  /// Whether it is fixed rather than estimated.
  var isFixed = false
  /// Whether the axis of its section makes room for it however far it lies from the others.
  var isOnScale = true

  /// A parameter without numbers.
  init(name: String, label: String) {
    self.name = name
    self.label = label
    point = .nan
    spread = .nan
  }

  /// A parameter with an interval by its standard error.
  init(
    name: String, label: String, estimate: Double, error: Double, scale: WaldInterval.Scale
  ) {
    self.init(name: name, label: label)
    point = estimate
    spread = error
    let interval = WaldInterval(estimate, error: error, scale: scale)
    (inner, outer) = (interval?.inner, interval?.outer)
  }

  /// A parameter with the summary of its draws, if its turn has come.
  init(name: String, label: String, _ known: ParameterDiagnostics?, prior: ParameterPrior?) {
    self.init(name: name, label: label)
    self.prior = prior
    guard let known else { return }
    let summary = known.summary
    point = summary.mean ?? .nan
    spread = summary.sd ?? .nan
    inner = Self.range(summary.q25, summary.q75)
    outer = Self.range(summary.q2_5, summary.q97_5)
    convergence = Convergence(
      rHat: summary.rHat, bulkESS: summary.essBulk, judgements: known.judgements)
  }

  /// An interval, if both ends are there and in order.
  static func range(_ lower: Double?, _ upper: Double?) -> ClosedRange<Double>? {
    guard let lower, let upper, lower <= upper, lower.isFinite, upper.isFinite else { return nil }
    return lower...upper
  }

  /// The 95% interval of the prior; `nil` where it is flat or not known.
  var priorInterval: ClosedRange<Double>? {
    Self.range(prior?.quantiles?[0], prior?.quantiles?[4])
  }

  /// How much narrower the posterior is than the prior: 1 − var(posterior) / var(prior).
  ///
  /// Posterior contraction (Schad, Betancourt & Vasishth 2021, "Toward a principled Bayesian workflow in
  /// cognitive science"); `nil` where the prior has no variance.
  var contraction: Double? {
    guard let prior, prior.standardDeviation.isFinite, prior.standardDeviation > 0,
      spread.isFinite
    else { return nil }
    let ratio = spread / prior.standardDeviation
    return 1 - ratio * ratio
  }
}

/// Parameters that share an axis: those of one outcome, or the standard deviations of one factor.
struct EstimateSection: Equatable {
  var title: String
  var estimates: [Estimate]
  /// The ends of the axis where they are known beforehand, as of correlations.
  var range: ClosedRange<Double>?
}
