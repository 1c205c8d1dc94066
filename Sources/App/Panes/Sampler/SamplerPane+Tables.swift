// How the sampler moved, view by view, as tables.

import Diagnostics
import RunFolder

extension SamplerPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    guard snapshot.hasDraws else { return [] }
    let detail = snapshot.diagnostics.samplerDetail
    let chains = detail.map { [Self.chains($0)] } ?? []
    switch view {
    case .energy: return (detail?.energies.map { [Self.table($0)] } ?? []) + chains
    case .pairs: return (pairs(snapshot, browsing).map { [$0] } ?? []) + chains
    case .parallel: return (detail.map { [Self.relations($0)] } ?? []) + chains
    case .adaptation:
      return [TracePane.draws(of: ["stepsize__", "treedepth__"], snapshot)] + chains
    case .transitions: return chains + (detail?.acceptances.map { [Self.acceptances($0)] } ?? [])
    }
  }

  private static func table(_ energies: EnergyComparison) -> PaneTable {
    let count = energies.marginal.count
    let width = (energies.range.upperBound - energies.range.lowerBound) / Double(max(1, count))
    let lower = (0..<count).map { energies.range.lowerBound + Double($0) * width }
    return PaneTable(
      name: "energy",
      [
        (name: "from", values: lower), (name: "to", values: lower.map { $0 + width }),
        (name: "marginal", values: energies.marginal),
        (name: "transition", values: energies.transition),
      ])
  }

  private static func acceptances(_ counts: [Double]) -> PaneTable {
    let ends = counts.indices.map { Double($0) / Double(counts.count) }
    return PaneTable(
      name: "acceptance", [(name: "from", values: ends), (name: "draws", values: counts)])
  }

  private static func chains(_ detail: SamplerDetail) -> PaneTable {
    PaneTable(
      name: "chains",
      columns: [
        "chain", "draws", "accept_stat", "step_size", "treedepth_mean", "treedepth_max",
        "leapfrogs", "divergences", "divergences_warmup", "ebfmi",
      ],
      rows: detail.chains.map { chain in
        [
          .init(chain.chain), .init(chain.draws), .init(chain.acceptance), .init(chain.stepSize),
          .init(chain.depth), .init(chain.deepest), .init(chain.leapfrogs),
          .init(chain.divergences), .init(chain.warmupDivergences), .init(chain.energyFraction),
        ]
      })
  }

  private static func relations(_ detail: SamplerDetail) -> PaneTable {
    PaneTable(
      name: "relations", columns: ["parameter", "separation"],
      rows: detail.relations.map { [.text($0.parameter), .number($0.separation)] })
  }

  /// All draws after warm-up of the two parameters in front.
  private func pairs(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> PaneTable? {
    let names = DivergencePairs.partners(of: browsing.parameter, snapshot)
    let chosen = partner.flatMap { names.contains($0) ? $0 : nil }
    guard let x = browsing.parameter, let y = chosen ?? names.first else { return nil }
    var rows: [[PaneTable.Value]] = []
    for chain in snapshot.run.chains {
      guard let first = chain.kept(x), let second = chain.kept(y) else { continue }
      let marks = chain.kept("divergent__").map { Array($0) }
      for (draw, pair) in zip(first, second).enumerated() {
        rows.append([
          .init(chain.id), .init(draw + 1), .number(pair.0), .number(pair.1),
          .init(marks.map { $0[draw] }),
        ])
      }
    }
    return PaneTable(name: "pairs", columns: ["chain", "draw", x, y, "divergent"], rows: rows)
  }
}
