// Acceptance statistics as a histogram, and the transitions of each chain in numbers.

import Plots
import RunFolder
import TerminalCore

/// The histogram over the table of chains.
struct TransitionTable: Drawable {
  var snapshot: DashboardSnapshot
  var detail: SamplerDetail

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let wanted = detail.chains.count + 2
    let parts = area.rows - wanted >= 4 ? area.splitBottom(wanted) : area.splitBottom(area.rows)
    if parts.rest.rows >= 4 {
      var plot = HistogramPlot(counts: detail.acceptances ?? [], range: 0...1)
      plot.xName = "acceptance statistic"
      if let target = snapshot.run.request?.targetAcceptance {
        plot.mark = ReferenceLine(target, role: .accent)
      }
      buffer.draw(plot, in: parts.rest)
    }
    let target = snapshot.run.request.map {
      "mark: target \(Format.significant($0.targetAcceptance, digits: 2))"
    }
    let table = parts.bottom.inset(left: 1, right: 1)
    var rest = table
    if parts.rest.rows >= 4, let target {
      buffer.write(target, in: table.splitTop(1).top, Style(.muted))
      rest = table.inset(top: 1)
    }
    drawTable(into: &buffer, in: rest)
  }

  private func drawTable(into buffer: inout CellBuffer, in area: Rect) {
    let chains = detail.chains
    let charset = buffer.charset
    let table = Table(
      columns: [
        TableColumn("chain", rank: 0), TableColumn("draws", rank: 5),
        TableColumn("accept", rank: 1), TableColumn("step size", rank: 4),
        TableColumn("depth", rank: 3), TableColumn("deepest", rank: 6),
        TableColumn("leapfrogs", rank: 0), TableColumn("a draw", rank: 2),
        TableColumn("divergent", rank: 2), TableColumn("in warm-up", rank: 8),
        TableColumn("E-BFMI", rank: 7),
      ], rowCount: chains.count
    ) { row in
      let chain = chains[row]
      func number(_ value: Double?, decimals: Int) -> StyledText {
        StyledText(value.map { Format.fixed($0, decimals: decimals) } ?? Format.notAvailable)
      }
      func count(_ value: Int?) -> StyledText {
        StyledText(value.map(Format.grouped) ?? Format.notAvailable)
      }
      let perDraw = chain.leapfrogs.map { Double($0) / Double(max(1, chain.draws)) }
      let divergences = StyledText.judged(
        chain.divergences.map(Format.grouped) ?? Format.notAvailable,
        (chain.divergences ?? 0) > 0 ? .bad : .none, charset)
      return [
        StyledText(String(chain.chain), Style(.chain(number: chain.chain), .bold)),
        count(chain.draws), number(chain.acceptance, decimals: 3),
        StyledText(Format.significant(chain.stepSize ?? .nan, digits: 3)),
        number(chain.depth, decimals: 2), count(chain.deepest), count(chain.leapfrogs),
        number(perDraw, decimals: 1), divergences, count(chain.warmupDivergences),
        number(chain.energyFraction, decimals: 2),
      ]
    }
    table.draw(into: &buffer, in: area)
  }
}
