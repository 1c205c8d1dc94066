// What of the residuals is in front: an outcome, a kind of simulation, and what the residuals are held against.

import RunFolder
import TerminalCore

/// The residuals that the pane shows, found from the choices of the user.
struct ResidualView {
  /// What the residuals are held against.
  enum Against: Equatable {
    case prediction
    case column(PredictorResiduals)
    case group(GroupedResiduals)

    /// Its name in the heading.
    var name: String {
      switch self {
      case .prediction: "predicted"
      case .column(let column): column.name
      case .group(let group): "by \(group.name)"
      }
    }
  }

  let report: ResidualReport
  /// Whether simulated at the random effects found.
  let isConditional: Bool
  /// The outcomes of this kind of simulation.
  let outcomes: [OutcomeResiduals]
  /// The place of the outcome in front.
  let index: Int
  /// What residuals can be held against, the prediction first.
  let choices: [Against]
  /// The place of the one in front.
  let choice: Int

  /// The view of a report; nil without outcomes.
  init?(_ report: ResidualReport, outcome: String?, showsOtherKind: Bool, against: String?) {
    let other = showsOtherKind ? report.unconditional : nil
    self.report = report
    outcomes = other ?? report.outcomes
    guard !outcomes.isEmpty else { return nil }
    isConditional = other == nil ? report.isConditional : false
    index = outcomes.firstIndex { $0.name == outcome } ?? 0
    let shown = outcomes[index]
    choices =
      [.prediction] + shown.predictors.map { .column($0) } + shown.groups.map { .group($0) }
    choice = choices.firstIndex { $0.name == against } ?? 0
  }

  /// The outcome in front.
  var shown: OutcomeResiduals { outcomes[index] }

  /// What the residuals are held against.
  var against: Against { choices[choice] }

  /// The residuals in front: those of rows, or of groups.
  var scaled: [Double] {
    if case .group(let group) = against { group.scaled } else { shown.scaled }
  }

  /// The tests in front.
  var tests: [ResidualTestRow] {
    switch against {
    case .group(let group):
      ResidualTestRow.all(of: group.tests, isConditional: false, calibrated: nil)
    case .prediction, .column:
      ResidualTestRow.all(
        of: shown.tests, isConditional: isConditional, calibrated: shown.calibrated)
        + columnTests
        + (isConditional
          ? ResidualTestRow.correlations(of: shown.name, in: report.correlations) : [])
    }
  }

  /// The test along the column in front.
  private var columnTests: [ResidualTestRow] {
    guard case .column(let column) = against else { return [] }
    let judgement = ResidualTestRow.judgement(column.p)
    let isGood = judgement == .good
    guard !column.levels.isEmpty else {
      return [
        ResidualTestRow(
          name: "along \(column.name)", statistic: "", p: column.p, judgement: judgement,
          words: isGood
            ? "no change along it" : "quartiles change along it: try a curve or an interaction")
      ]
    }
    var rows = [
      ResidualTestRow(
        name: "by \(column.name)", statistic: "", p: column.p, judgement: judgement,
        words: isGood ? "uniform at every level" : "not uniform at every level")
    ]
    if let spread = column.spread {
      let judgement = ResidualTestRow.judgement(spread.p)
      rows.append(
        ResidualTestRow(
          name: "spread by \(column.name)",
          statistic: "F \(Format.compact(spread.statistic, digits: 3))", p: spread.p,
          judgement: judgement,
          words: judgement == .good
            ? "levels spread alike" : "levels spread differently: let the dispersion depend on it"))
    }
    return rows
  }

  /// What was simulated, how often and from what.
  var simulationWords: String {
    let kind = isConditional ? "random effects found" : "new random effects"
    let source =
      switch report.points {
      case .some(1): " from the estimate"
      case .some(let count): " from \(counted(count, "draw"))"
      case nil: ""
      }
    return
      "\(Format.grouped(report.simulations)) simulations\(source), \(kind), seed \(report.seed)"
  }

  /// What the key for the other kind of simulation leads to; nil where there is no other.
  var otherKind: String? {
    report.unconditional == nil
      ? nil : isConditional ? "new random effects" : "random effects found"
  }
}
