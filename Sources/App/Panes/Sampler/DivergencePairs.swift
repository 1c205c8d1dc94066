// Two parameters against each other, divergent draws marked with a glyph of their own.

import Plots
import RunFolder
import TerminalCore

/// The draws of two parameters; the second is the one most related to divergences unless chosen.
struct DivergencePairs: Drawable {
  var snapshot: DashboardSnapshot
  var browsing: Browsing
  /// The second parameter, if the user chose one.
  var partner: String?

  private static let mostPoints = (others: 4000, divergent: 1000)

  /// The parameters that can stand against one, those most related to divergences first.
  static func partners(of name: String?, _ snapshot: DashboardSnapshot) -> [String] {
    let related = snapshot.diagnostics.samplerDetail?.relations.map(\.parameter) ?? []
    let known = Set(related)
    let others = snapshot.run.countedParameterNames.filter { !known.contains($0) }
    return (related + others).filter { $0 != name }
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let names = Self.partners(of: browsing.parameter, snapshot)
    let chosen = partner.flatMap { names.contains($0) ? $0 : nil }
    guard let x = browsing.parameter, let y = chosen ?? names.first else {
      return buffer.drawNotice(
        browsing.filter.isActive
          ? "No parameter passes the filter \(browsing.filter.pattern). Esc clears it."
          : "A pair needs two parameters.", in: area)
    }
    let chains = snapshot.run.chains.filter { $0.keptCount > 0 }
    let reports = chains.contains { $0.index(of: "divergent__") != nil }
    let marks = chains.flatMap { chain in
      chain.kept("divergent__")?.map { $0 != 0 }
        ?? Array(repeating: false, count: chain.keptCount)
    }
    let parts = area.rows([.fixed(1), .rest, .fixed(area.rows >= 6 ? 2 : 1)])
    let heading = parts[0].inset(left: 1, right: 1)
    let width = max(8, heading.columns - 4)
    let isChosen = chosen == nil && !relationWords(y).isEmpty
    buffer.write(
      shortened(y, columns: width, charset: buffer.charset)
        + (isChosen ? " \(relationWords(y))" : ""), in: heading, Style(.axis))
    var others = PointSeries(x: [], y: [], role: .chain(1))
    var divergent = PointSeries(x: [], y: [], role: .bad, glyph: buffer.charset.cross)
    let (xs, ys) = (Self.column(x, chains), Self.column(y, chains))
    if xs.count == marks.count, ys.count == marks.count {
      for draw in SamplerDetail.sample(
        marks, others: Self.mostPoints.others, divergent: Self.mostPoints.divergent)
      {
        if marks[draw] {
          divergent.x.append(xs[draw])
          divergent.y.append(ys[draw])
        } else {
          others.x.append(xs[draw])
          others.y.append(ys[draw])
        }
      }
    }
    var plot = ScatterPlot([others, divergent])
    plot.xName = shortened(x, columns: max(8, area.columns / 2), charset: buffer.charset)
    plot.emptyNotice = "not available: not every chain has these parameters"
    buffer.draw(plot, in: parts[1])
    let lines = parts[2].inset(left: 1, right: 1)
    let count = marks.count { $0 }
    let words =
      reports
      ? counted(count, "divergent transition")
        + (count > 0 ? ", marked \(buffer.charset.cross)" : "")
      : "divergences not available: this sampler does not report them"
    buffer.write(
      words, in: lines.splitTop(1).top,
      Style(count > 0 ? .bad : .muted, count > 0 ? .bold : []))
    if lines.rows > 1 {
      buffer.write(
        "up and down choose the parameter across, left and right the one upwards",
        in: lines.inset(top: 1), Style(.muted))
    }
  }

  static func column(_ name: String, _ chains: [ChainDraws]) -> [Double] {
    chains.flatMap { $0.kept(name).map { Array($0) } ?? [] }
  }

  /// Why this parameter stands here.
  private func relationWords(_ name: String) -> String {
    guard
      let relation = snapshot.diagnostics.samplerDetail?.relations.first(where: {
        $0.parameter == name
      })
    else { return "" }
    return "(most related to divergences, \(Format.fixed(relation.separation, decimals: 2)) of 1)"
  }
}
