// The top line of the screen: program, run, state, time, warnings.

import Panes
import RunFolder
import TerminalCore

/// The line about the run.
struct Header: Drawable {
  var state: DashboardState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let run = state.snapshot.run
    let charset = buffer.charset
    var left: [StyledText] = []
    if area.columns >= 60 {
      left = [StyledText("mglmm-tui", Style(.title, .bold)), StyledText("  ")]
    }
    let right = status(run, charset, isShort: area.columns < 60)
    let rightWidth = right.reduce(0) { $0 + displayWidth(of: $1.text, in: charset) }
    left.append(StyledText(run.name, .plain.bold))
    let room = area.inset(left: area.columns > 2 ? 1 : 0, right: rightWidth + 2)
    let used = buffer.write(left, in: room)
    if let model = run.request?.modelText ?? run.fitReport?.model.formula,
      room.columns - used >= 24
    {
      buffer.write("  " + model, in: room.inset(left: used), Style(.muted))
    }
    let start = area.inset(left: max(0, area.columns - rightWidth - 1))
    buffer.write(right, in: start)
  }

  private func status(_ run: RunSnapshot, _ charset: Charset, isShort: Bool) -> [StyledText] {
    var pieces: [StyledText] = []
    if state.isFrozen { pieces.append(StyledText("frozen  ", Style(.warning, .bold))) }
    if run.isUnread {
      return pieces + [StyledText("\(charset.point) reading", Style(.accent, .bold))]
    }
    pieces.append(
      StyledText(
        "\(run.state.sign(in: charset)) \(run.state.word)", Style(run.state.role, .bold)))
    if let share { pieces.append(StyledText(" \(Format.percent(share))")) }
    if let words = reading(run, isShort: isShort) {
      pieces.append(StyledText("  \(words)", Style(.accent)))
    }
    if let elapsed = state.snapshot.elapsed, !isShort || run.warnings.isEmpty {
      // A clock that runs shows whole seconds, a time that was taken shows what it was.
      let isRunning = run.state.isLive && elapsed < 60
      let time = isRunning ? "\(Int(elapsed)) s" : Format.duration(elapsed)
      pieces.append(StyledText("  \(time)", Style(.muted)))
    }
    let warnings = run.warnings.count + run.problems.count
    if warnings > 0 {
      let words = isShort ? "! \(warnings)" : "! \(warnings) warning\(warnings == 1 ? "" : "s")"
      pieces.append(StyledText("  \(words)", Style(.warning, .bold)))
    }
    return pieces
  }

  /// How far the reading of the run has come, while it goes on.
  private func reading(_ run: RunSnapshot, isShort: Bool) -> String? {
    guard let reading = run.reading else { return nil }
    let share = reading.fraction.map { " " + Format.percent($0) } ?? ""
    return (isShort ? "read" : "reading") + share
  }

  /// The share of all iterations that is done, while chains run.
  private var share: Double? {
    let run = state.snapshot.run
    guard run.state == .warmup || run.state == .sampling || run.state == .paused else { return nil }
    let chains = ChainStatus.all(of: run)
    let total = chains.reduce(0) { $0 + ($1.total ?? 0) }
    guard total > 0 else { return nil }
    return Double(chains.reduce(0) { $0 + min($1.iteration, $1.total ?? 0) }) / Double(total)
  }
}
