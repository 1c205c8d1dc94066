// The chains, a row for each: phase, iterations, speed, and how the sampler fares.

import Plots
import RunFolder
import TerminalCore

/// A row for each chain.
struct ChainTable: Drawable {
  var chains: [ChainStatus]
  var rates: [Int: ChainRate]

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let divergences = chains.reduce(0) { $0 + $1.divergences }
    let inside = buffer.drawPanel(
      area, title: "Chains", note: counted(divergences, "divergence")
    )
    let content = inside.inset(left: 1, right: 1)
    // What the other columns need stands beside the bar, which takes the rest.
    let isWide = content.columns >= 96
    let others = isWide ? 78 : content.columns >= 74 ? 66 : content.columns >= 56 ? 46 : 30
    let barWidth = min(max(6, content.columns - others), 60)
    let charset = buffer.charset
    let table = Table(
      columns: [
        TableColumn("chain", rank: 0), TableColumn("phase", alignment: .left, rank: 0),
        TableColumn("iteration", rank: 1),
        TableColumn("", alignment: .left, minimumWidth: barWidth, rank: 2),
        TableColumn("done", rank: 0),
        TableColumn("per s", rank: 4), TableColumn("left", rank: 3),
        TableColumn(isWide ? "step size" : "step", rank: 6), TableColumn("depth", rank: 7),
        TableColumn(isWide ? "divergent" : "div.", rank: 5),
      ], rowCount: chains.count
    ) { cells(of: chains[$0], barWidth, charset) }
    table.draw(into: &buffer, in: content)
  }

  private func cells(
    of chain: ChainStatus, _ barWidth: Int, _ charset: Charset
  ) -> [StyledText] {
    let rate = rates[chain.number]
    let total = chain.total.map { "/\($0)" } ?? ""
    let color = ThemeRole.chain(number: chain.number)
    let divergences = StyledText.judged(
      String(chain.divergences), chain.divergences > 0 ? .bad : .good, charset)
    return [
      StyledText(String(chain.number), Style(color, .bold)),
      StyledText(words(for: chain.phase), Style(chain.phase == .waiting ? .muted : .text)),
      StyledText(String(chain.iteration) + total),
      StyledText(bar(chain.fraction, width: barWidth, charset), Style(color)),
      StyledText(chain.fraction.map { Format.percent($0) } ?? ""),
      StyledText(rate.map { Format.compact($0.iterationsPerSecond, digits: 3) } ?? ""),
      StyledText(chain.phase == .finished ? "" : rate?.secondsLeft.map(Format.duration) ?? ""),
      StyledText(chain.stepSize.map { Format.significant($0, digits: 3) } ?? ""),
      StyledText(chain.treeDepth.map(String.init) ?? ""),
      divergences,
    ]
  }

  private func words(for phase: ChainPhase) -> String {
    switch phase {
    case .waiting: "waiting"
    case .warmup: "warm-up"
    case .sampling: "sampling"
    case .finished: "done"
    }
  }

  /// A bar as text, to the part of a cell that the charset has.
  private func bar(_ fraction: Double?, width: Int, _ charset: Charset) -> String {
    let glyphs = charset.horizontalBars
    let parts = glyphs.count - 1
    let done = Int(((fraction ?? 0) * Double(width * parts)).rounded(.down))
    let empty: Unicode.Scalar = charset == .ascii ? "." : "░"
    var text = String.UnicodeScalarView()
    for column in 0..<max(0, width) {
      let filled = min(max(done - column * parts, 0), parts)
      text.append(filled == 0 ? empty : glyphs[filled])
    }
    return String(text)
  }
}
