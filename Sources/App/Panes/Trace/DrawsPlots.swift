// Plots of the draws of one parameter other than the trace: ranks, densities, means, lags, growth.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The plot of one mode, from what was computed for the parameter in front.
struct DrawsPlots: Drawable {
  var mode: TraceMode
  var name: String
  var data: TraceData
  var snapshot: DashboardSnapshot
  /// The values that a density shows; all if `nil`.
  var valueRange: ClosedRange<Double>?

  /// What was computed for the parameter, if it is the one in front.
  var detail: DrawsDetail? {
    snapshot.diagnostics.drawsDetail.flatMap { $0.parameter == name ? $0 : nil }
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard snapshot.hasKeptDraws else {
      return buffer.drawNotice("Waiting for draws after warm-up.", in: area)
    }
    if mode == .density { return buffer.draw(density, in: area) }
    guard let detail else { return buffer.drawNotice("Computing.", in: area) }
    switch mode {
    case .rankHistogram: draw(rankHistograms(detail, rows: area.rows), into: &buffer, in: area)
    case .autocorrelation: draw(lagPlots(detail, rows: area.rows), into: &buffer, in: area)
    case .rankOverlay: draw(rankOverlay(detail), into: &buffer, in: area)
    case .cumulativeMean: draw(means(detail), into: &buffer, in: area)
    case .essGrowth: buffer.draw(growth(detail), in: area)
    case .trace, .density: break
    }
  }

  private func draw(_ plot: (some Drawable)?, into buffer: inout CellBuffer, in area: Rect) {
    guard let plot else {
      return buffer.drawNotice(
        "Not available: draws that are constant, missing or infinite.", in: area)
    }
    buffer.draw(plot, in: area)
  }

  private func draw<Plot: Drawable>(
    _ plots: [(chain: Int, plot: Plot)], into buffer: inout CellBuffer, in area: Rect
  ) {
    draw(plots.isEmpty ? nil : multiples(plots), into: &buffer, in: area)
  }

  /// A plot for each chain under its number.
  func multiples(_ plots: [(chain: Int, plot: some Drawable)]) -> SmallMultiples {
    SmallMultiples(
      plots.map { SmallPlot("chain \($0.chain)", role: .chain(number: $0.chain), plot: $0.plot) })
  }

  /// The numbers of the chains that the detail has, the one in front alone if there is one.
  private func chains(_ detail: DrawsDetail) -> [(place: Int, number: Int)] {
    let all = detail.basis.chains.enumerated().map { (place: $0, number: $1) }
    guard let front = data.front, all.contains(where: { $0.number == front }) else { return all }
    return all.filter { $0.number == front }
  }

  /// The same with the chain in front last, so that it is drawn over the others.
  private func ordered(_ detail: DrawsDetail) -> [(place: Int, number: Int)] {
    let all = detail.basis.chains.enumerated().map { (place: $0, number: $1) }
    return all.filter { $0.number != data.front } + all.filter { $0.number == data.front }
  }

  /// The densities of all chains.
  var density: DensityPlot {
    var plot = DensityPlot(data.keptSeries(of: name))
    if let mean = snapshot.diagnostics[name]?.mean {
      plot.marks = [ReferenceLine(mean, role: .accent)]
    }
    plot.range = valueRange
    plot.showsNames = true
    return plot
  }

  /// The ranks of each chain; empty where they are not available.
  func rankHistograms(_ detail: DrawsDetail, rows: Int) -> [(chain: Int, plot: HistogramPlot)] {
    guard let ranks = detail.ranks else { return [] }
    let top = Double(ranks.counts.lazy.flatMap(\.self).max() ?? 0)
    return chains(detail).map { place, number in
      var plot = HistogramPlot(
        counts: ranks.counts[place].map(Double.init), range: 0...Double(ranks.total))
      plot.role = .chain(number: number)
      plot.expected = ranks.expected
      plot.leastTop = top
      plot.xName = "rank"
      plot.showsAxes = rows >= 12
      return (number, plot)
    }
  }

  /// The ranks of all chains over each other.
  func rankOverlay(_ detail: DrawsDetail) -> LayeredHistogramPlot? {
    guard let ranks = detail.ranks else { return nil }
    var plot = LayeredHistogramPlot(
      ordered(detail).map { place, number in
        HistogramLayer(
          ranks.counts[place].map(Double.init), role: data.role(of: number), name: String(number))
      }, range: 0...Double(ranks.total))
    plot.expected = ranks.expected
    plot.fromZero = false
    plot.xName = "rank"
    plot.showsNames = true
    return plot
  }

  /// The means of growing parts of each chain, between those of all chains with their errors.
  func means(_ detail: DrawsDetail) -> LinePlot? {
    var curves = ordered(detail).compactMap { place, number in
      detail.means[place].map {
        Curve(x: $0.draws, y: $0.means, role: data.role(of: number), name: String(number))
      }
    }
    guard !curves.isEmpty else { return nil }
    let points = detail.growth.filter { $0.mean != nil && $0.mcseMean != nil }
    let count = Double(max(1, detail.basis.chains.count))
    for side in [-1.96, 1.96] {
      curves.append(
        Curve(
          x: points.map { Double($0.draws) / count },
          y: points.map { ($0.mean ?? .nan) + side * ($0.mcseMean ?? .nan) }, role: .text,
          isDashed: true))
    }
    var plot = LinePlot(curves)
    plot.hasWholeX = true
    plot.xName = "draw"
    plot.showsNames = true
    // The first means swing as far as single draws; the scale is for what comes later.
    let later = curves.flatMap { curve in
      zip(curve.x, curve.y).filter { $0.0 >= Double(detail.basis.draws) / 20 }.map(\.1)
    }
    let scale = Scale(covering: later, margin: 0.1)
    plot.yRange = scale.lower...scale.upper
    return plot
  }

  /// The autocorrelations of each chain; empty where no chain has any.
  func lagPlots(_ detail: DrawsDetail, rows: Int) -> [(chain: Int, plot: StemPlot)] {
    let all = detail.autocorrelations.compactMap { $0 }.joined()
    guard !all.isEmpty else { return [] }
    let low = min(-0.2, all.min() ?? 0)
    return chains(detail).map { place, number in
      var plot = StemPlot(
        detail.autocorrelations[place] ?? [], role: .chain(number: number), range: low...1)
      plot.band = 1.96 / Double(max(1, detail.basis.draws)).squareRoot()
      plot.showsAxes = rows >= 12
      return (number, plot)
    }
  }

  /// The effective sample sizes of growing parts of the draws.
  func growth(_ detail: DrawsDetail) -> LinePlot {
    GrowthPlot(detail: detail, thresholds: snapshot.diagnostics.thresholds).plot
  }
}
