// Small plots beside the verdicts: the worst traces, the correlations, the residuals.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The plots that a wide screen has room for; those a run has nothing for are left out.
struct OverviewSketches {
  private let snapshot: DashboardSnapshot
  private let worst: [String]
  private let block: RandomEffectsBlock?
  private let outcome: OutcomeResiduals?

  /// - Parameter worst: the parameters whose traces are drawn, where they are known already.
  init(_ snapshot: DashboardSnapshot, worst known: [String]?) {
    self.snapshot = snapshot
    worst = known ?? (snapshot.hasKeptDraws ? DrawVerdicts(snapshot).worst : [])
    block = RandomEffectsBlock.all(of: snapshot).max { $0.labels.count < $1.labels.count }
      .flatMap { $0.labels.count > 1 ? $0 : nil }
    // The outcome whose residuals are least like they should be.
    outcome = snapshot.run.residualReport?.outcomes.filter { !$0.scaled.isEmpty }.min {
      ($0.tests.uniformity?.p ?? 1) < ($1.tests.uniformity?.p ?? 1)
    }
  }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { worst.isEmpty && block == nil && outcome == nil }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    var rest = area
    if !worst.isEmpty {
      // Traces are served first; each needs five rows to be more than noise.
      let others = (block == nil ? 0 : 1) + (outcome == nil ? 0 : 1)
      let count = min(worst.count, max(1, (rest.rows - 9 * others) / 5))
      let height = others == 0 ? rest.rows : min(6 * count, rest.rows * (3 - others) / 3 + 4)
      let parts = rest.splitTop(height)
      for (name, row) in zip(
        worst, parts.top.rows(Array(repeating: .rest, count: count)))
      {
        drawTrace(of: name, into: &buffer, in: row)
      }
      rest = parts.rest
    }
    if let block {
      let wanted = outcome == nil ? rest.rows : min(block.labels.count + 3, rest.rows / 2)
      let parts = rest.splitTop(wanted)
      if parts.top.rows >= 4 { drawCorrelations(of: block, into: &buffer, in: parts.top) }
      rest = parts.rest
    }
    if let outcome, rest.rows >= 5 { drawResiduals(of: outcome, into: &buffer, in: rest) }
  }

  private func drawTrace(of name: String, into buffer: inout CellBuffer, in area: Rect) {
    let rHat = snapshot.diagnostics[name]?.rHat
    let note = rHat.map { "R-hat \(Format.fixed($0, decimals: 3))" } ?? ""
    let title = shortened(
      name, columns: max(8, area.columns - note.count - 8), charset: buffer.charset)
    let inside = buffer.drawPanel(area, title: title, note: note, leastRows: 4)
    var plot = TracePlot(
      snapshot.run.chains.compactMap { chain in
        chain.kept(name).map {
          TraceSeries(Array($0), role: .chain(number: chain.id), name: "\(chain.id)")
        }
      })
    plot.showsAxes = inside.rows >= 5
    buffer.draw(plot, in: inside)
  }

  private func drawCorrelations(
    of block: RandomEffectsBlock, into buffer: inout CellBuffer, in area: Rect
  ) {
    let inside = buffer.drawPanel(
      area, title: "Correlations by \(block.group)", leastRows: 4)
    buffer.draw(CovarianceView.map(of: block), in: inside.inset(left: 1, right: 1))
  }

  private func drawResiduals(
    of outcome: OutcomeResiduals, into buffer: inout CellBuffer, in area: Rect
  ) {
    let p = outcome.tests.uniformity?.p
    let inside = buffer.drawPanel(
      area, title: "Residuals of \(outcome.name)",
      note: p.map { "uniform: p \(Format.pValue($0))" } ?? "", leastRows: 4)
    var plot = QQPlot(outcome.scaled)
    if outcome.scaled.count >= 10 {
      plot.band = 1.358 / Double(outcome.scaled.count).squareRoot()
    }
    plot.showsAxes = inside.rows >= 8
    buffer.draw(plot, in: inside)
  }
}
