// The model, its data and its priors as tables.

import RunFolder

extension ModelPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    let tables = [
      Self.facts(snapshot), Self.columns(snapshot.diagnostics.data?.summary),
      Self.priors(snapshot.run.priorReport),
    ]
    return tables.filter { !$0.rows.isEmpty }
  }

  private static func facts(_ snapshot: DashboardSnapshot) -> PaneTable {
    PaneTable(
      name: "model", columns: ["fact", "value"],
      rows: ModelFacts(snapshot).list.facts.filter { !$0.text.isEmpty }.map {
        [.text($0.name), .text($0.text)]
      })
  }

  private static func columns(_ data: DataSummary?) -> PaneTable {
    PaneTable(
      name: "data",
      columns: [
        "column", "type", "missing", "minimum", "lower_quartile", "median", "upper_quartile",
        "maximum", "mean", "sd", "levels", "ones",
      ],
      rows: (data?.columns ?? []).map { column in
        var row: [PaneTable.Value] = [
          .text(column.name), .missing, .number(Double(column.missing)),
        ]
        row += Array(repeating: .missing, count: 9)
        switch column.content {
        case .numbers(let numbers):
          row[1] = .text("number")
          let values = [
            numbers.minimum, numbers.lowerQuartile, numbers.median, numbers.upperQuartile,
            numbers.maximum, numbers.mean, numbers.standardDeviation,
          ]
          for (place, value) in values.enumerated() { row[3 + place] = .number(value) }
        case .binary(let ones):
          row[1] = .text("0 or 1")
          row[11] = .number(Double(ones))
        case .levels(let levels):
          row[1] = .text("factor")
          row[10] = .number(Double(levels.count))
        case .empty: row[1] = .text("empty")
        }
        return row
      })
  }

  private static func priors(_ report: PriorReport?) -> PaneTable {
    PaneTable(
      name: "priors",
      columns: ["parameter", "prior", "q2.5", "q25", "q50", "q75", "q97.5", "sd"],
      rows: (report?.parameters ?? []).map { prior in
        let quantiles: [PaneTable.Value] =
          prior.quantiles.map { $0.map { .number($0) } } ?? Array(repeating: .missing, count: 5)
        return [.text(prior.name), .text(prior.prior)] + quantiles
          + [prior.standardDeviation.isFinite ? .number(prior.standardDeviation) : .missing]
      })
  }
}
