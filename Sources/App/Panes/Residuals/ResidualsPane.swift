// Whether the data look like data from the model: simulated-quantile residuals, outcome by outcome.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The pane of residuals.
package struct ResidualsPane: Pane {
  package static let kind = PaneKind.residuals

  /// The outcome in front, by name; the first if `nil`.
  var outcome: String?
  /// Whether the kind of simulation that is not the report's own is in front.
  var showsOtherKind = false
  /// What the residuals are held against, by name; the prediction if `nil`.
  var against: String?

  /// The residual that is read, by its place in the file.
  var pick: Int?

  package init() {}

  /// Puts an outcome in front.
  package mutating func choose(outcome name: String) { outcome = name }

  func view(_ snapshot: DashboardSnapshot) -> ResidualView? {
    snapshot.run.residualReport.flatMap {
      ResidualView($0, outcome: outcome, showsOtherKind: showsOtherKind, against: against)
    }
  }

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    let known: [PaneCommand] = [
      .previousSection, .nextSection, .left, .right, .up, .down, .open, .toggleReadout,
      .readoutLeft, .readoutRight, .dismiss,
    ]
    guard known.contains(command) else { return .absent }
    if command == .dismiss { return pick == nil ? .absent : .enabled }
    guard let view = view(snapshot) else { return .disabled("there are no residuals yet") }
    switch command {
    case .toggleReadout, .readoutLeft, .readoutRight: return .enabled
    case .left, .right:
      return view.choices.count > 1
        ? .enabled : .disabled("there is nothing else to hold them against")
    case .open:
      return view.report.unconditional != nil
        ? .enabled : .disabled("there is one kind of simulation")
    default:
      return view.outcomes.count > 1 ? .enabled : .disabled("there is one outcome")
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    guard let view = view(snapshot) else { return nil }
    func turn(_ place: Int, by step: Int, of count: Int) -> Int { (place + step + count) % count }
    switch command {
    case .toggleReadout: pick = pick == nil ? ResidualPick(view).moved(nil, by: 0) : nil
    case .readoutLeft: pick = ResidualPick(view).moved(pick, by: -1)
    case .readoutRight: pick = ResidualPick(view).moved(pick, by: 1)
    case .dismiss: pick = nil
    case .previousSection, .up:
      outcome = view.outcomes[turn(view.index, by: -1, of: view.outcomes.count)].name
    case .nextSection, .down:
      outcome = view.outcomes[turn(view.index, by: 1, of: view.outcomes.count)].name
    case .left: against = view.choices[turn(view.choice, by: -1, of: view.choices.count)].name
    case .right: against = view.choices[turn(view.choice, by: 1, of: view.choices.count)].name
    case .open where view.report.unconditional != nil: showsOtherKind.toggle()
    default: break
    }
    // Other residuals have other rows; the same held against another column stay.
    if let now = self.view(snapshot),
      now.index != view.index || now.isConditional != view.isConditional
        || now.scaled.count != view.scaled.count
    {
      pick = nil
    }
    return nil
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    guard let view = view(snapshot) else {
      let inside = buffer.drawPanel(area, title: "Residuals")
      return buffer.drawNotice(
        missingWords(.residuals, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let tests = view.tests
    let layout = ResidualsLayout(area, tests: tests.count)
    if !layout.heading.isEmpty { drawHeading(view, into: &buffer, in: layout.heading) }
    drawPlots(view, layout, snapshot, into: &buffer)
    ResidualTestTable(rows: tests, simulations: view.simulationWords).draw(
      into: &buffer, in: layout.tests)
  }

  private func drawHeading(
    _ view: ResidualView, into buffer: inout CellBuffer, in area: Rect
  ) {
    var pieces: [StyledText] = []
    for (place, outcome) in view.outcomes.enumerated() {
      if place > 0 { pieces.append(StyledText("  ")) }
      let style = place == view.index ? Style.selected : Style(.muted)
      pieces.append(StyledText(" \(outcome.name) ", style))
    }
    if view.outcomes.count > 1 { pieces.append(StyledText("  [ ]", Style(.key))) }
    if let other = view.otherKind {
      pieces += [StyledText("  Enter", Style(.key)), StyledText(" \(other)", Style(.muted))]
    }
    let count =
      if case .group(let group) = view.against {
        counted(group.scaled.count, "group")
      } else { counted(view.shown.observations, "observation") }
    let used = buffer.write(pieces, in: area)
    if used + count.count + 2 <= area.columns {
      buffer.write(count, in: area, Style(.muted), aligned: .right)
    }
  }

  private func drawPlots(
    _ view: ResidualView, _ layout: ResidualsLayout, _ snapshot: DashboardSnapshot,
    into buffer: inout CellBuffer
  ) {
    guard let area = layout.quantiles else { return }
    let picks = pick.map { (pick: $0, all: ResidualPick(view)) }
    let left = buffer.drawPanel(
      area, title: "QQ against uniform",
      note: view.isConditional ? "random effects found" : "new random effects",
      footnote: picks.map { $0.all.quantileWords($0.pick) } ?? "")
    let quantiles = quantilePlot(view)
    buffer.draw(quantiles, in: left)
    if let picks, let point = picks.all.quantilePoint(picks.pick) {
      buffer.mark(point, in: quantiles.frame(in: left, charset: buffer.charset))
    }
    guard let beside = layout.beside else { return }
    let others =
      view.choices.count > 1 ? "h l: \(view.choice + 1) of \(view.choices.count)" : ""
    let footnote = picks.map { $0.all.predictedWords($0.pick) } ?? ""
    switch view.against {
    case .prediction:
      let right = buffer.drawPanel(
        beside, title: "Residual by predicted", note: others.isEmpty ? "ranks" : others,
        footnote: footnote)
      guard let plot = scatterPlot(view, snapshot) else {
        return buffer.drawNotice("Ranking the predictions.", in: right)
      }
      buffer.draw(plot, in: right)
      if let picks, let x = picks.all.predictedRank(picks.pick) {
        buffer.mark(
          (x, view.scaled[picks.pick]), in: plot.frame(in: right, charset: buffer.charset))
      }
    case .column(let column):
      let right = buffer.drawPanel(
        beside, title: "Residual by \(column.name)", note: others)
      if let plot = scatterPlot(view, snapshot) {
        buffer.draw(plot, in: right)
      } else {
        buffer.draw(boxes(column), in: right.inset(left: 1, right: 1))
      }
    case .group(let group):
      let right = buffer.drawPanel(beside, title: "Sums by \(group.name)", note: others)
      var histogram = HistogramPlot(values: group.scaled, bins: 10, range: 0...1)
      histogram.expected = Double(group.scaled.count) / 10
      histogram.xName = "residual"
      buffer.draw(histogram, in: right)
    }
  }

  /// The sorted residuals.
  func quantilePlot(_ view: ResidualView) -> QQPlot {
    var plot = QQPlot(view.scaled)
    // The 5% limit of the Kolmogorov-Smirnov distance in large samples.
    let count =
      view.scaled.count == view.shown.scaled.count ? view.shown.observations : view.scaled.count
    if count >= 10 { plot.band = 1.358 / Double(count).squareRoot() }
    return plot
  }

  /// The residuals along predictions or along a column of numbers; `nil` where there is no such plot.
  func scatterPlot(_ view: ResidualView, _ snapshot: DashboardSnapshot) -> ScatterPlot? {
    switch view.against {
    case .prediction:
      let key = ResidualPlotKey(outcome: view.shown.name, isConditional: view.isConditional)
      return snapshot.diagnostics.residualPlots[key].map { points in
        scatter(
          [points.againstPredictor, points.outliers], "predicted", view.shown.curves,
          view.shown.tests.quantiles?.byQuantile ?? [])
      }
    case .column(let column) where column.levels.isEmpty:
      let points = zip(column.x, column.y).map { PlotPoint(x: $0, y: $1) }
      let isInside = { (point: PlotPoint) in point.y > 0 && point.y < 1 }
      return scatter(
        [points.filter(isInside), points.filter { !isInside($0) }],
        "rank of \(column.name)", column.curves, column.byQuantile)
    case .column, .group: return nil
    }
  }

  /// The quartiles of each level about a half, with the whole range.
  private func boxes(_ column: PredictorResiduals) -> IntervalPlot {
    var plot = IntervalPlot(
      column.levels.map { level in
        let q = level.quartiles
        return IntervalRow(
          level.name, point: q[2], inner: q[1]...max(q[1], q[3]), outer: q[0]...max(q[0], q[4]),
          role: level.p < 0.05 ? .bad : .chain(1),
          note: "p \(Format.pValue(level.p)) n \(Format.grouped(level.count))")
      })
    plot.reference = 0.5
    plot.range = 0...1
    return plot
  }

  private func scatter(
    _ points: [[PlotPoint]], _ name: String, _ curves: QuantileCurves?, _ byQuantile: [Double]
  ) -> ScatterPlot {
    func series(
      _ points: [PlotPoint], _ role: ThemeRole, _ glyph: Unicode.Scalar? = nil
    ) -> PointSeries {
      PointSeries(x: points.map(\.x), y: points.map(\.y), role: role, glyph: glyph)
    }
    var plot = ScatterPlot([series(points[0], .grid), series(points[1], .bad, "*")])
    plot.xRange = 0...1
    plot.yRange = 0...1
    plot.xName = name
    plot.references = [0.25, 0.5, 0.75].map { ReferenceLine($0, role: .axis) }
    if let curves {
      for (index, values) in [curves.q25, curves.q50, curves.q75].enumerated() {
        let isBent = index < byQuantile.count && byQuantile[index] < 0.05
        plot.curves.append(
          Curve(x: curves.x, y: values, role: isBent ? .bad : .chain(1)))
      }
    }
    return plot
  }
}
