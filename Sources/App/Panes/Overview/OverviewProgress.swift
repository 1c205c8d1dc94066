// The state of the run and how far each chain, or the optimizer, has come.

import Plots
import RunFolder
import TerminalCore

/// The top of the overview.
struct OverviewProgress {
  var snapshot: DashboardSnapshot

  /// Draws at the top of an area as much as it has room for, and returns the rest.
  func draw(into buffer: inout CellBuffer, top area: Rect) -> Rect {
    guard area.rows >= 3 else { return area }
    let sentence = StateSentence(snapshot)
    let mark = sentence.judgement.mark(in: buffer.charset)
    let text = sentence.judgement == .none ? sentence.text : "\(mark) \(sentence.text)"
    let most = area.rows >= 16 ? 2 : 1
    let style = Style(sentence.judgement >= .doubtful ? sentence.judgement.role : .text, .bold)
    let room = area.splitTop(most).top.inset(left: 1, right: 1)
    var rest = area.inset(top: buffer.writeWrapped(text, in: room, style))
    let chains = ChainStatus.all(of: snapshot.run)
    guard rest.rows >= 6 else { return rest }
    if chains.contains(where: { $0.phase != .waiting }) {
      let across = min(chains.count, max(1, area.columns / 38))
      let down = (chains.count + across - 1) / across
      // Where all chains do not fit, one bar stands for them.
      if down <= max(1, rest.rows / 5) {
        let parts = rest.splitTop(down)
        let cells = parts.top.inset(left: 1, right: 1).grid(columns: across, rows: down, gap: 0)
        for (chain, cell) in zip(chains, cells) {
          draw(chain, into: &buffer, in: cell.inset(right: across > 1 ? 2 : 0))
        }
        return parts.rest
      }
      let parts = rest.splitTop(1)
      drawAll(chains, into: &buffer, in: parts.top.inset(left: 1, right: 1))
      return parts.rest
    }
    let steps = snapshot.run.optimizerSteps
    if let step = steps.last, steps.count > 1, snapshot.run.state == .optimizing, rest.rows >= 12 {
      let parts = rest.splitTop(1)
      let words = "step \(step.iteration)  "
      let line = parts.top.inset(left: 1, right: 1)
      let used = buffer.write(words, at: line.origin, Style(.muted), limit: line.columns)
      Sparkline(steps.map(\.logLikelihood)).draw(into: &buffer, in: line.inset(left: used))
      rest = parts.rest
    }
    return rest
  }

  private func draw(_ chain: ChainStatus, into buffer: inout CellBuffer, in area: Rect) {
    let words = "chain \(chain.number) "
    let color = ThemeRole.chain(number: chain.number)
    let used = buffer.write(words, at: area.origin, Style(color, .bold), limit: area.columns)
    var bar = ProgressBar(
      chain.fraction, label: chain.fraction.map { Format.percent($0) } ?? "")
    bar.role = color
    if let warmup = chain.warmup, let total = chain.total, total > 0, chain.phase != .finished {
      bar.boundary = Double(warmup) / Double(total)
    }
    bar.draw(into: &buffer, in: area.inset(left: used))
  }

  private func drawAll(_ chains: [ChainStatus], into buffer: inout CellBuffer, in area: Rect) {
    let words = counted(chains.count, "chain") + " "
    let used = buffer.write(words, at: area.origin, Style(.muted), limit: area.columns)
    let total = chains.reduce(0) { $0 + ($1.total ?? 0) }
    let done = chains.reduce(0) { $0 + min($1.iteration, $1.total ?? 0) }
    let share = total > 0 ? Double(done) / Double(total) : nil
    ProgressBar(share, label: share.map { Format.percent($0) } ?? "").draw(
      into: &buffer, in: area.inset(left: used))
  }
}
