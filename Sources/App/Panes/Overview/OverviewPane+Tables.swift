// The verdicts as a table.

import RunFolder

extension OverviewPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    [
      PaneTable(
        name: "verdicts",
        columns: [
          "level", "check", "subject", "number", "limit", "meaning", "advice", "source",
        ],
        rows: OverviewReport(snapshot).lines.map { line in
          [
            .text(Self.level(line.judgement)), .text(line.check),
            .init(line.subject.isEmpty ? nil : line.subject), .init(line.value),
            .init(line.bound), .text(line.meaning), .init(line.advice.isEmpty ? nil : line.advice),
            .text(line.source),
          ]
        })
    ].filter { !$0.rows.isEmpty }
  }

  private static func level(_ judgement: Judgement) -> String {
    switch judgement {
    case .good: "passed"
    case .none: "unavailable"
    case .doubtful: "warned"
    case .bad: "failed"
    }
  }
}
