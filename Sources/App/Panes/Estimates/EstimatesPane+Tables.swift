// The estimates with their intervals as a table.

import RunFolder

extension EstimatesPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    let sections = sections(snapshot, browsing)
    guard !sections.isEmpty else { return [] }
    let isSampled = snapshot.hasKeptDraws
    let point = isSampled ? ["mean", "sd"] : ["estimate", "se"]
    let tests = isSampled ? ["rhat", "ess_bulk", "prior", "contraction"] : ["z", "p", "fixed"]
    return [
      PaneTable(
        name: "estimates",
        columns: ["section", "term", "parameter"] + point + ["q2.5", "q25", "q75", "q97.5"]
          + tests,
        rows: sections.flatMap { section in
          section.estimates.map { row in
            let ends: [PaneTable.Value] = [
              .text(section.title), .text(row.label), .text(row.name), .number(row.point),
              row.isFixed ? .missing : .number(row.spread), .init(row.outer?.lowerBound),
              .init(row.inner?.lowerBound), .init(row.inner?.upperBound),
              .init(row.outer?.upperBound),
            ]
            if isSampled {
              return ends + [
                .init(row.convergence?.rHat), .init(row.convergence?.bulkESS),
                .init(row.prior.flatMap { $0.prior.isEmpty ? nil : $0.prior }),
                .init(row.contraction),
              ]
            }
            return ends + [.init(row.z), .init(row.p), .init(row.isFixed)]
          }
        })
    ]
  }
}
