// Divergent draws over the main parameters at once, as lines in front of other draws.

import Plots
import RunFolder
import TerminalCore

/// Parallel coordinates of the parameters that the judgement counts, as many as there is room for.
struct DivergenceLines: Drawable {
  var snapshot: DashboardSnapshot
  var detail: SamplerDetail
  /// The first parameter shown.
  var firstAxis: Int

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let all = detail.coordinateNames
    guard all.count > 1, !detail.coordinates.isEmpty else {
      return buffer.drawNotice(
        "Not available: fewer than two parameters move.", in: area.inset(left: 1, right: 1))
    }
    let most = max(2, min(12, area.columns / 12))
    let first = min(firstAxis, max(0, all.count - 2))
    let shown = first..<min(first + most, all.count)
    let parts = area.rows([.rest, .fixed(area.rows >= 6 ? 2 : 1)])
    let width = max(4, (area.columns - 6) / shown.count - 1)
    var plot = ParallelPlot(
      names: all[shown].map { shortened($0, columns: width, charset: buffer.charset) },
      lines: detail.coordinates.map {
        ParallelLine(Array($0.values[shown]), isInFront: $0.isInFront)
      })
    plot.frontGlyph = buffer.charset.cross
    buffer.draw(plot, in: parts[0])
    let lines = parts[1].inset(left: 1, right: 1)
    buffer.write(divergences(buffer.charset), in: lines.splitTop(1).top)
    guard lines.rows > 1 else { return }
    let place =
      shown.count < all.count
      ? "; \(first + 1) to \(shown.upperBound) of \(all.count), left and right move" : ""
    buffer.write(
      "standard deviations from the mean" + place, in: lines.inset(top: 1), Style(.muted))
  }

  private func divergences(_ charset: Charset) -> [StyledText] {
    let reported = detail.chains.compactMap(\.divergences)
    guard !reported.isEmpty else {
      return [
        StyledText(
          "divergences not available: this sampler does not report them", Style(.muted))
      ]
    }
    let count = reported.reduce(0, +)
    guard count > 0 else { return [StyledText("no divergent transitions", Style(.muted))] }
    var pieces = [
      StyledText(
        "\(counted(count, "divergent transition")), marked \(charset.cross)", Style(.bad, .bold))
    ]
    if let most = detail.relations.first {
      let value = Format.fixed(most.separation, decimals: 2)
      pieces.append(
        StyledText("  most to one side: \(most.parameter), \(value) of 1", Style(.muted)))
    }
    return pieces
  }
}
