// Whether the data look like data from the model: simulated-quantile residuals, outcome by outcome.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The pane of residuals.
package struct ResidualsPane: Pane {
  package static let kind = PaneKind.residuals

  /// The outcome in front, by name; the first if `nil`.
  private(set) var outcome: String?

  package init() {}

  /// Puts an outcome in front.
  package mutating func choose(outcome name: String) { outcome = name }

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .previousSection, .nextSection, .left, .right, .up, .down:
      let count = snapshot.run.residualReport?.outcomes.count ?? 0
      if count == 0 { return .disabled("there are no residuals yet") }
      return count > 1 ? .enabled : .disabled("there is one outcome")
    default: return .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    guard let outcomes = snapshot.run.residualReport?.outcomes, !outcomes.isEmpty else {
      return nil
    }
    let step: Int
    switch command {
    case .previousSection, .left, .up: step = outcomes.count - 1
    case .nextSection, .right, .down: step = 1
    default: return nil
    }
    let current = outcomes.firstIndex { $0.name == outcome } ?? 0
    outcome = outcomes[(current + step) % outcomes.count].name
    return nil
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    guard let report = snapshot.run.residualReport, !report.outcomes.isEmpty else {
      let inside = buffer.drawPanel(area, title: "Residuals")
      return buffer.drawNotice(
        missingWords(.residuals, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let index = report.outcomes.firstIndex { $0.name == outcome } ?? 0
    let shown = report.outcomes[index]
    var rest = area
    if area.rows >= 6 {
      let top = area.splitTop(1)
      drawHeading(report, index, into: &buffer, in: top.top.inset(left: 1, right: 1))
      rest = top.rest
    }
    let tests = ResidualTestRow.all(of: shown)
    // The frame, the header and a row for each test; where rows are few, tests come without frame.
    let height = rest.rows >= 16 ? tests.count + 3 : max(0, min(tests.count + 1, rest.rows - 5))
    let hasPlots = rest.rows >= 8
    let parts = hasPlots ? rest.rows([.rest, .fixed(height)]) : [.init(.zero), rest]
    let points = snapshot.diagnostics.residualPlots[shown.name]
    if hasPlots { drawPlots(shown, points, into: &buffer, in: parts[0]) }
    ResidualTestTable(rows: tests, simulations: simulationWords(report)).draw(
      into: &buffer, in: parts[1])
  }

  private func drawHeading(
    _ report: ResidualReport, _ index: Int, into buffer: inout CellBuffer, in area: Rect
  ) {
    var pieces: [StyledText] = []
    for (place, outcome) in report.outcomes.enumerated() {
      if place > 0 { pieces.append(StyledText("  ")) }
      let style = place == index ? Style.selected : Style(.muted)
      pieces.append(StyledText(" \(outcome.name) ", style))
    }
    if report.outcomes.count > 1 { pieces.append(StyledText("  [ ]", Style(.key))) }
    let count = "\(Format.grouped(report.outcomes[index].scaled.count)) observations"
    let used = buffer.write(pieces, in: area)
    if used + count.count + 2 <= area.columns {
      buffer.write(count, in: area, Style(.muted), aligned: .right)
    }
  }

  private func simulationWords(_ report: ResidualReport) -> String {
    let kind =
      report.isConditional ? "conditional on the random effects" : "with new random effects"
    return "\(Format.grouped(report.simulations)) simulations \(kind), seed \(report.seed)"
  }

  private func drawPlots(
    _ shown: OutcomeResiduals, _ points: ResidualPlotData?, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let isPair = area.columns >= 56
    let parts = isPair ? area.columns([.rest, .rest]) : [area]
    let left = buffer.drawPanel(parts[0], title: "QQ against uniform")
    var quantiles = QQPlot(shown.scaled)
    // The 5% limit of the Kolmogorov-Smirnov distance in large samples.
    if shown.scaled.count >= 10 { quantiles.band = 1.358 / Double(shown.scaled.count).squareRoot() }
    buffer.draw(quantiles, in: left)
    guard isPair else { return }
    let right = buffer.drawPanel(parts[1], title: "Residual by predicted", note: "ranks")
    guard let points else {
      return buffer.drawNotice("Ranking the predictions.", in: right)
    }
    buffer.draw(scatter(shown, points, buffer.charset), in: right)
  }

  private func scatter(
    _ shown: OutcomeResiduals, _ points: ResidualPlotData, _ charset: Charset
  ) -> ScatterPlot {
    func series(
      _ points: [PlotPoint], _ role: ThemeRole, _ glyph: Unicode.Scalar? = nil
    ) -> PointSeries {
      PointSeries(x: points.map(\.x), y: points.map(\.y), role: role, glyph: glyph)
    }
    var plot = ScatterPlot([
      series(points.againstPredictor, .grid), series(points.outliers, .bad, "*"),
    ])
    plot.xRange = 0...1
    plot.yRange = 0...1
    plot.xName = "predicted"
    plot.references = [0.25, 0.5, 0.75].map { ReferenceLine($0, role: .axis) }
    if let curves = shown.curves {
      let byQuantile = shown.tests.quantiles?.byQuantile ?? []
      for (index, values) in [curves.q25, curves.q50, curves.q75].enumerated() {
        let isBent = index < byQuantile.count && byQuantile[index] < 0.05
        plot.curves.append(
          Curve(x: curves.x, y: values, role: isBent ? .bad : .chain(1)))
      }
    }
    return plot
  }
}
