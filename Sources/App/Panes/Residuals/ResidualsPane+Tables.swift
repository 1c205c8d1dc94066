// The residuals of the outcome in front, what they are held against, and their tests as tables.

import RunFolder

extension ResidualsPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    guard let view = view(snapshot) else { return [] }
    let own = [Self.residuals(view.shown), Self.tests(view)]
    switch view.against {
    case .prediction: return own
    case .column(let column): return [Self.along(column)] + own
    case .group(let group):
      return [
        PaneTable(name: "groups", [(name: "scaled", values: group.scaled)]), Self.tests(view),
        Self.residuals(view.shown),
      ]
    }
  }

  /// A row for each residual of the file; of simulations with new random effects these may be thinned.
  private static func residuals(_ outcome: OutcomeResiduals) -> PaneTable {
    func value(_ values: [Double], _ row: Int) -> PaneTable.Value {
      row < values.count ? .number(values[row]) : .missing
    }
    return PaneTable(
      name: "residuals", columns: ["outcome", "observation", "scaled", "lower", "upper", "fitted"],
      rows: outcome.scaled.indices.map { row in
        [
          .text(outcome.name), .init(row + 1), .number(outcome.scaled[row]),
          value(outcome.lower, row), value(outcome.upper, row), value(outcome.fitted, row),
        ]
      })
  }

  /// The tests as they stand under the plots, with their statistics.
  private static func tests(_ view: ResidualView) -> PaneTable {
    PaneTable(
      name: "tests", columns: ["outcome", "test", "statistic", "p", "judgement", "meaning"],
      rows: view.tests.map { test in
        [
          .text(view.shown.name), .text(test.name), .init(statistic(of: test.name, view)),
          .init(test.p), .init(test.judgement), .text(test.words),
        ]
      })
  }

  /// The statistic of a test of the view by the name it stands under.
  private static func statistic(of name: String, _ view: ResidualView) -> Double? {
    var tests = view.shown.tests
    if case .group(let group) = view.against { tests = group.tests }
    switch name {
    case "uniformity": return tests.uniformity?.statistic
    case "dispersion": return tests.dispersion?.statistic
    case "outliers": return tests.outliers?.statistic
    case "zeros": return tests.zeroInflation?.statistic
    default: break
    }
    if case .column(let column) = view.against, name == "spread by \(column.name)" {
      return column.spread?.statistic
    }
    return view.report.correlations.first { pair in
      let names = [pair.first, pair.second]
      return names.contains(view.shown.name)
        && names.contains { $0 != view.shown.name && name == "with \($0)" }
    }?.correlation
  }

  private static func along(_ column: PredictorResiduals) -> PaneTable {
    guard column.levels.isEmpty else {
      return PaneTable(
        name: "levels",
        columns: [column.name, "n", "minimum", "q25", "q50", "q75", "maximum", "p"],
        rows: column.levels.map { level in
          [.text(level.name), .init(level.count)] + level.quartiles.map { .number($0) }
            + [.number(level.p)]
        })
    }
    return PaneTable(
      name: "along",
      [(name: "rank of \(column.name)", values: column.x), (name: "scaled", values: column.y)])
  }
}
