// What a stopping rule may compare: figures of the draws so far, by the names that users write.

/// A figure that a rule compares with a number.
package enum StoppingMeasure: String, Sendable, CaseIterable {
  /// The smaller of `ess_bulk` and `ess_tail`.
  case ess
  case bulkESS = "ess_bulk"
  case tailESS = "ess_tail"
  case rHat = "rhat"
  case meanError = "mcse"
  case draws
  case seconds
}

/// The figures of a run at one moment.
///
/// They are those of the worst of the model's own parameters: coefficients, standard deviations, correlations and
/// dispersions; random effects do not count. A figure that is not available yet is NaN, and no comparison with it holds.
package struct StoppingMeasures: Sendable, Equatable {
  /// The smallest bulk effective sample size.
  package var bulkESS = Double.nan
  /// The smallest tail effective sample size.
  package var tailESS = Double.nan
  /// The largest rank-normalised split R-hat.
  package var rHat = Double.nan
  /// The largest Monte Carlo error of a mean, in standard deviations of its parameter; known only where the rule names it.
  package var meanError = Double.nan
  /// Kept draws of a chain.
  package var draws: Int
  /// Seconds of warm-up and sampling, over all workers of the run.
  package var seconds: Double

  /// Figures of `draws` draws a chain; what is not given is not available.
  package init(
    bulkESS: Double = .nan, tailESS: Double = .nan, rHat: Double = .nan, meanError: Double = .nan,
    draws: Int, seconds: Double
  ) {
    self.bulkESS = bulkESS
    self.tailESS = tailESS
    self.rHat = rHat
    self.meanError = meanError
    self.draws = draws
    self.seconds = seconds
  }

  /// The value of a figure.
  package subscript(measure: StoppingMeasure) -> Double {
    switch measure {
    case .ess: bulkESS.isNaN || tailESS.isNaN ? .nan : min(bulkESS, tailESS)
    case .bulkESS: bulkESS
    case .tailESS: tailESS
    case .rHat: rHat
    case .meanError: meanError
    case .draws: Double(draws)
    case .seconds: seconds
    }
  }

  /// Figures in words: `ess 212, rhat 1.013`.
  package func text(of measures: [StoppingMeasure]) -> String {
    measures.map { "\($0.rawValue) \(Self.text(self[$0], of: $0))" }.joined(separator: ", ")
  }

  private static func text(_ value: Double, of measure: StoppingMeasure) -> String {
    guard value.isFinite else { return value.isNaN ? "not known yet" : "infinite" }
    return switch measure {
    // Rounded down, so that what falls short of a bound is not shown as the bound.
    case .ess, .bulkESS, .tailESS, .draws: "\(Int(min(value, 1e15)))"
    case .rHat, .meanError: decimals(value, 4)
    case .seconds: decimals(value, 1)
    }
  }

  private static func decimals(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return "\((min(value, 1e9) * scale).rounded() / scale)"
  }
}
