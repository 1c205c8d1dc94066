// How the effective sample sizes of a parameter grow with its draws.

import Diagnostics
import Plots
import TerminalCore

/// Bulk and tail effective sample sizes of growing parts of the draws, beside what is wanted.
struct GrowthPlot {
  var detail: DrawsDetail
  var thresholds: ConvergenceThresholds

  /// The plot.
  var plot: LinePlot {
    let points = detail.growth
    let x = points.map { Double($0.draws) }
    let needed = thresholds.effectiveDrawsPerChain * Double(detail.basis.chains.count)
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
    plot.emptyNotice =
      detail.isComplete
      ? "not available: too few draws, or draws that are constant or missing" : "computing"
    return plot
  }

  /// What can be read off the plot as it is drawn in an area: the nearest of its points.
  func reading(in area: Rect, _ charset: Charset) -> PlotReading? {
    let points = detail.growth
    guard let last = points.last else { return nil }
    return PlotReading(
      frames: [plot.frame(in: area, charset: charset)], start: Double(last.draws)
    ) { value, _ in
      let near = points.min { abs(Double($0.draws) - value) < abs(Double($1.draws) - value) }
      guard let near else { return [] }
      func draws(_ number: Double?) -> StyledText {
        StyledText(number.map { Format.grouped(Int($0.rounded())) } ?? Format.notAvailable)
      }
      return [
        [StyledText("\(Format.grouped(near.draws)) draws", Style(.accent))],
        [StyledText("bulk ESS ", Style(.chain(1))), draws(near.essBulk)],
        [StyledText("tail ESS ", Style(.chain(2))), draws(near.essTail)],
      ]
    }
  }
}
