// The draws of the parameters in view, and what their plots show, as tables.

import Diagnostics
import RunFolder

extension TracePane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    guard snapshot.hasDraws, let name = browsing.parameter else { return [] }
    let shown = [name] + browsing.pinned.filter { $0 != name }
    let draws = Self.draws(of: shown, snapshot)
    guard let detail = snapshot.diagnostics.drawsDetail, detail.parameter == name,
      let table = Self.table(of: mode, detail)
    else { return [draws] }
    return [table, draws]
  }

  /// All draws by chain and iteration; the iterations that were written count from 1.
  static func draws(of names: [String], _ snapshot: DashboardSnapshot) -> PaneTable {
    var rows: [[PaneTable.Value]] = []
    for chain in snapshot.run.chains {
      let columns = names.map { chain[$0] }
      for draw in 0..<chain.count {
        rows.append(
          [.init(chain.id), .init(draw + 1), .init(draw < chain.warmupCount)]
            + columns.map { .init($0?[draw]) })
      }
    }
    return PaneTable(
      name: "draws", columns: ["chain", "iteration", "warmup"] + names, rows: rows)
  }

  /// What the plot of a mode shows; `nil` where that is the draws themselves.
  private static func table(of mode: TraceMode, _ detail: DrawsDetail) -> PaneTable? {
    let chains = detail.basis.chains
    func byChain(
      _ name: String, _ columns: [String], _ rows: (Int) -> [[PaneTable.Value]]
    ) -> PaneTable {
      PaneTable(
        name: name, columns: ["chain"] + columns,
        rows: chains.indices.flatMap { place in
          rows(place).map { [.init(chains[place])] + $0 }
        })
    }
    switch mode {
    case .trace, .density: return nil
    case .rankHistogram, .rankOverlay:
      guard let ranks = detail.ranks else { return nil }
      return byChain("ranks", ["bin", "count", "expected"]) { place in
        ranks.counts[place].enumerated().map {
          [.init($0 + 1), .init($1), .number(ranks.expected)]
        }
      }
    case .cumulativeMean:
      return byChain("means", ["draws", "mean"]) { place in
        guard let means = detail.means[place] else { return [] }
        return zip(means.draws, means.means).map { [.number($0), .number($1)] }
      }
    case .autocorrelation:
      return byChain("autocorrelations", ["lag", "autocorrelation"]) { place in
        (detail.autocorrelations[place] ?? []).enumerated().map { [.init($0), .number($1)] }
      }
    case .essGrowth:
      return PaneTable(
        name: "growth", columns: ["draws", "ess_bulk", "ess_tail", "mean", "mcse_mean"],
        rows: detail.growth.map { point in
          [
            .init(point.draws), .init(point.essBulk), .init(point.essTail), .init(point.mean),
            .init(point.mcseMean),
          ]
        })
    }
  }
}
