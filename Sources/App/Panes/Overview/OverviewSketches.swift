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
  /// The outcomes with residuals, those least like they should be first.
  private let outcomes: [OutcomeResiduals]

  /// - Parameter worst: the parameters whose traces are drawn, where they are known already.
  init(_ snapshot: DashboardSnapshot, worst known: [String]?) {
    self.snapshot = snapshot
    worst = known ?? (snapshot.hasKeptDraws ? DrawVerdicts(snapshot).worst : [])
    block = RandomEffectsBlock.all(of: snapshot).max { $0.labels.count < $1.labels.count }
      .flatMap { $0.labels.count > 1 ? $0 : nil }
    outcomes = (snapshot.run.residualReport?.outcomes ?? []).filter { !$0.scaled.isEmpty }
      .sorted { ($0.tests.uniformity?.p ?? 1) < ($1.tests.uniformity?.p ?? 1) }
  }

  /// The width from which on the quantiles of one outcome can be read.
  private static let leastPlot = 23

  /// Whether there is nothing to draw.
  var isEmpty: Bool { worst.isEmpty && block == nil && outcomes.isEmpty }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    var rest = area
    if !worst.isEmpty {
      // Traces are served first; each needs five rows to be more than noise.
      let others = (block == nil ? 0 : 1) + (outcomes.isEmpty ? 0 : 1)
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
      let wanted = outcomes.isEmpty ? rest.rows : min(block.labels.count + 3, rest.rows / 2)
      let parts = rest.splitTop(wanted)
      if parts.top.rows >= 4 { drawCorrelations(of: block, into: &buffer, in: parts.top) }
      rest = parts.rest
    }
    guard !outcomes.isEmpty, rest.rows >= 5 else { return }
    // As many outcomes side by side as stay readable.
    let count = min(outcomes.count, max(1, rest.columns / Self.leastPlot))
    let cells = rest.columns(Array(repeating: .rest, count: count))
    for (place, cell) in cells.enumerated() {
      let hidden = place == count - 1 ? outcomes.count - count : 0
      drawResiduals(of: outcomes[place], hidden: hidden, into: &buffer, in: cell)
    }
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
    of outcome: OutcomeResiduals, hidden: Int, into buffer: inout CellBuffer, in area: Rect
  ) {
    let p = outcome.tests.uniformity?.p
    let isNarrow = area.columns < 44
    let test = p.map { "p \(Format.pValue($0))" }
    let more = hidden > 0 ? "+\(hidden) in pane \(PaneKind.residuals.number)" : nil
    let title = isNarrow ? "QQ \(outcome.name)" : "Residuals of \(outcome.name)"
    let note = isNarrow ? "" : test.map { "uniform: \($0)" } ?? ""
    let room = area.columns - displayWidth(of: note, in: buffer.charset) - (isNarrow ? 6 : 9)
    let inside = buffer.drawPanel(
      area, title: shortened(title, columns: max(8, room), charset: buffer.charset), note: note,
      footnote: more ?? (isNarrow ? test ?? "" : ""), leastRows: 4)
    var plot = QQPlot(outcome.scaled)
    if outcome.scaled.count >= 10 {
      plot.band = 1.358 / Double(outcome.scaled.count).squareRoot()
    }
    plot.showsAxes = inside.rows >= 8
    buffer.draw(plot, in: inside)
  }
}
