// What is to be said of the estimate in front: its prior, and what the data have added to it.

import RunFolder
import TerminalCore

/// A parameter and its prior in words.
struct EstimateWords {
  private let row: Estimate
  private let snapshot: DashboardSnapshot

  init(_ row: Estimate, _ snapshot: DashboardSnapshot) {
    self.row = row
    self.snapshot = snapshot
  }

  /// One or two sentences.
  var text: String {
    if row.isFixed { return "\(row.name): fixed at \(number(row.point)), not estimated." }
    guard snapshot.hasKeptDraws else {
      return row.outer == nil
        ? "\(row.name): no standard error is available, so there is no interval."
        : "\(row.name): Wald interval from the standard error."
    }
    guard let prior = row.prior else {
      let reason =
        snapshot.run.state == .foreign || snapshot.run.priorReport != nil
        ? "" : ": this run has no priors.json"
      return "\(row.name): the prior is not known\(reason)."
    }
    let name = prior.prior.isEmpty ? "the prior" : "prior \(prior.prior)"
    guard let quantiles = prior.quantiles else {
      return "\(row.name): the prior is flat; all that is known comes "
        + "from the data."
    }
    return "\(row.name): \(name), 95% \(intervalText(quantiles[0], quantiles[4])). \(judgement)"
  }

  private var judgement: String {
    if let outer = row.outer, let prior = row.priorInterval,
      outer.lowerBound > prior.upperBound || outer.upperBound < prior.lowerBound
    {
      return "Prior and posterior hardly overlap: they are in conflict."
    }
    guard let contraction = row.contraction else {
      return row.spread.isFinite ? "The prior has no variance to compare with." : ""
    }
    let share = "contraction \(Format.fixed(contraction, decimals: 2))"
    if contraction < 0 { return "The posterior is wider than the prior (\(share))." }
    if contraction < 0.5 { return "The prior says much of this (\(share))." }
    if contraction < 0.9 { return "Prior and data both count (\(share))." }
    return "The data decide (\(share))."
  }

  private func number(_ value: Double) -> String { Format.significant(value, digits: 4) }
}
