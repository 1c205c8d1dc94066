// The parameters as lines that can be read aloud one by one.

import RunFolder
import TerminalCore

/// The table of parameters in words: all but the effects of single levels.
package enum EstimateSentences {
  /// A line for each parameter: `b_SES: mean 6.02, 95% interval 5.7 to 6.4, R-hat 1.001`.
  package static func lines(_ snapshot: DashboardSnapshot) -> [String] {
    EstimateList.sections(of: snapshot).flatMap { section in
      section.estimates.map { sentence($0, isDrawn: snapshot.hasKeptDraws) }
    }
  }

  private static func sentence(_ estimate: Estimate, isDrawn: Bool) -> String {
    var text = "\(estimate.name): "
    if estimate.isFixed { return text + "fixed at \(number(estimate.point))" }
    text += "\(isDrawn ? "mean" : "estimate") \(number(estimate.point))"
    text += ", \(isDrawn ? "sd" : "standard error") \(number(estimate.spread))"
    if let interval = estimate.outer {
      text += ", 95% interval \(number(interval.lowerBound)) to \(number(interval.upperBound))"
    } else {
      text += ", no interval"
    }
    if let p = estimate.p, p.isFinite {
      text += p < 0.001 ? ", p below 0.001" : ", p \(Format.fixed(p, decimals: 3))"
    }
    if let convergence = estimate.convergence {
      let rHat = convergence.rHat.map { Format.fixed($0, decimals: 3) } ?? "not available"
      let size = convergence.bulkESS.map { Format.fixed($0, decimals: 0) } ?? "not available"
      text += ", R-hat \(rHat), bulk ESS \(size)"
      if convergence.judgements.worst >= .doubtful { text += ", not converged" }
    }
    return text
  }

  private static func number(_ value: Double) -> String {
    value.isNaN ? "not available" : Format.significant(value, digits: 4)
  }
}
