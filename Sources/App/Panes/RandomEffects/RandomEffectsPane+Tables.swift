// Standard deviations, correlations and the effects of levels as tables.

import RunFolder

extension RandomEffectsPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else { return [] }
    let covariance = [Self.deviations(blocks), Self.correlations(blocks)]
    let levels = levels(snapshot)
    return (view == .levels ? [levels] + covariance : covariance + [levels])
      .filter { !$0.rows.isEmpty }
  }

  private static func deviations(_ blocks: [RandomEffectsBlock]) -> PaneTable {
    PaneTable(
      name: "sds", columns: ["group", "effect", "sd", "q2.5", "q97.5"],
      rows: blocks.flatMap { block in
        zip(block.labels, block.deviations).map { label, estimate in
          [
            .text(block.group), .text(label), .number(estimate.value), .init(estimate.lower),
            .init(estimate.upper),
          ]
        }
      })
  }

  private static func correlations(_ blocks: [RandomEffectsBlock]) -> PaneTable {
    var rows: [[PaneTable.Value]] = []
    for block in blocks {
      let count = block.labels.count
      for first in 0..<count {
        for second in first + 1..<max(count, first + 1) {
          let estimate = block.correlations[first * count + second]
          rows.append([
            .text(block.group), .text(block.labels[first]), .text(block.labels[second]),
            .number(estimate.value), .init(estimate.lower), .init(estimate.upper),
          ])
        }
      }
    }
    return PaneTable(
      name: "correlations",
      columns: ["group", "effect", "with", "correlation", "q2.5", "q97.5"], rows: rows)
  }

  /// The effects of all levels of all blocks, in the order shown.
  private func levels(_ snapshot: DashboardSnapshot) -> PaneTable {
    PaneTable(
      name: "levels",
      columns: ["group", "effect", "level", "estimate", "q2.5", "q25", "q75", "q97.5"],
      rows: LevelEffectDimension.all(of: snapshot).flatMap { dimension in
        dimension.ordered(bySize: sortsBySize, reversed: isReversed).map { row in
          [
            .text(dimension.group), .text(dimension.label), .text(row.level),
            .number(row.point), .init(row.outer?.lowerBound), .init(row.inner?.lowerBound),
            .init(row.inner?.upperBound), .init(row.outer?.upperBound),
          ]
        }
      })
  }
}
