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

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard snapshot.hasKeptDraws else {
      return buffer.drawNotice("Waiting for draws after warm-up.", in: area)
    }
    if mode == .density { return drawDensity(into: &buffer, in: area) }
    guard let detail = snapshot.diagnostics.drawsDetail, detail.parameter == name else {
      return buffer.drawNotice("Computing.", in: area)
    }
    switch mode {
    case .rankHistogram: drawRanks(detail, into: &buffer, in: area)
    case .rankOverlay: drawRankOverlay(detail, into: &buffer, in: area)
    case .cumulativeMean: drawMeans(detail, into: &buffer, in: area)
    case .autocorrelation: drawAutocorrelations(detail, into: &buffer, in: area)
    case .essGrowth: drawGrowth(detail, into: &buffer, in: area)
    case .trace, .density: break
    }
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

  private func drawDensity(into buffer: inout CellBuffer, in area: Rect) {
    var plot = DensityPlot(data.keptSeries(of: name))
    if let mean = snapshot.diagnostics[name]?.mean {
      plot.marks = [ReferenceLine(mean, role: .accent)]
    }
    buffer.draw(plot, in: area)
  }

  private func drawRanks(
    _ detail: DrawsDetail, into buffer: inout CellBuffer, in area: Rect
  ) {
    guard let ranks = detail.ranks else { return notAvailable(into: &buffer, in: area) }
    let top = Double(ranks.counts.lazy.flatMap(\.self).max() ?? 0)
    let range = 0...Double(ranks.total)
    buffer.draw(
      SmallMultiples(
        chains(detail).map { place, number in
          var plot = HistogramPlot(counts: ranks.counts[place].map(Double.init), range: range)
          plot.role = .chain(number: number)
          plot.expected = ranks.expected
          plot.leastTop = top
          plot.xName = "rank"
          plot.showsAxes = area.rows >= 12
          return SmallPlot("chain \(number)", role: .chain(number: number), plot: plot)
        }), in: area)
  }

  private func drawRankOverlay(
    _ detail: DrawsDetail, into buffer: inout CellBuffer, in area: Rect
  ) {
    guard let ranks = detail.ranks else { return notAvailable(into: &buffer, in: area) }
    var plot = LayeredHistogramPlot(
      ordered(detail).map { place, number in
        HistogramLayer(
          ranks.counts[place].map(Double.init), role: data.role(of: number), name: String(number))
      }, range: 0...Double(ranks.total))
    plot.expected = ranks.expected
    plot.fromZero = false
    plot.xName = "rank"
    buffer.draw(plot, in: area)
  }

  private func drawMeans(
    _ detail: DrawsDetail, into buffer: inout CellBuffer, in area: Rect
  ) {
    var curves = ordered(detail).compactMap { place, number in
      detail.means[place].map {
        Curve(x: $0.draws, y: $0.means, role: data.role(of: number), name: String(number))
      }
    }
    guard !curves.isEmpty else { return notAvailable(into: &buffer, in: area) }
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
    // The first means swing as far as single draws; the scale is for what comes later.
    let later = curves.flatMap { curve in
      zip(curve.x, curve.y).filter { $0.0 >= Double(detail.basis.draws) / 20 }.map(\.1)
    }
    let scale = Scale(covering: later, margin: 0.1)
    plot.yRange = scale.lower...scale.upper
    buffer.draw(plot, in: area)
  }

  private func drawAutocorrelations(
    _ detail: DrawsDetail, into buffer: inout CellBuffer, in area: Rect
  ) {
    let all = detail.autocorrelations.compactMap { $0 }.joined()
    guard !all.isEmpty else { return notAvailable(into: &buffer, in: area) }
    let low = min(-0.2, all.min() ?? 0)
    let band = 1.96 / Double(max(1, detail.basis.draws)).squareRoot()
    buffer.draw(
      SmallMultiples(
        chains(detail).map { place, number in
          var plot = StemPlot(
            detail.autocorrelations[place] ?? [], role: .chain(number: number), range: low...1)
          plot.band = band
          plot.showsAxes = area.rows >= 12
          return SmallPlot("chain \(number)", role: .chain(number: number), plot: plot)
        }), in: area)
  }

  private func drawGrowth(
    _ detail: DrawsDetail, into buffer: inout CellBuffer, in area: Rect
  ) {
    let points = detail.growth
    let x = points.map { Double($0.draws) }
    let needed =
      snapshot.diagnostics.thresholds.effectiveDrawsPerChain * Double(detail.basis.chains.count)
    var plot = LinePlot([
      Curve(x: x, y: points.map { $0.essBulk ?? .nan }, role: .chain(1), name: "bulk"),
      Curve(
        x: x, y: points.map { $0.essTail ?? .nan }, role: .chain(2), isDashed: true, name: "tail"),
    ])
    plot.references = [
      ReferenceLine(needed, label: "\(Format.grouped(Int(needed))) wanted")
    ]
    plot.yIncludes = [0]
    plot.hasWholeX = true
    plot.xName = "draws of all chains"
    plot.emptyNotice = detail.isComplete ? Self.none : "computing"
    buffer.draw(plot, in: area)
  }

  private static let none = "not available: too few draws, or draws that are constant or missing"

  private func notAvailable(into buffer: inout CellBuffer, in area: Rect) {
    buffer.drawNotice("Not available: draws that are constant, missing or infinite.", in: area)
  }
}
