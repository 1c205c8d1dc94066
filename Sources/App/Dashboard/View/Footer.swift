// The bottom line: keys, or what happened, or what is being typed.

import Panes
import RunFolder
import TerminalCore

/// The bottom line.
struct Footer: Drawable {
  var state: DashboardState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let room = area.inset(left: area.columns > 2 ? 1 : 0)
    switch state.mode {
    case .filter(let line, _):
      drawLine("filter /", line, hint: filterHint, into: &buffer, in: room)
    case .command(let line):
      let hints = CommandTable.candidates(for: line.text, in: state)
      drawLine(":", line, hint: hints.joined(separator: " "), into: &buffer, in: room)
    case .help(let help) where help.isTyping:
      drawLine("search /", help.search, hint: "Enter keeps, Esc clears", into: &buffer, in: room)
    case .help, .export, .confirmStop, .browsing:
      if let message = state.message {
        draw(message, into: &buffer, in: room)
      } else {
        drawKeys(into: &buffer, in: room)
      }
    }
  }

  private var filterHint: String {
    let browsing = state.browsing
    if let problem = browsing.filter.problem { return problem }
    if browsing.parameterCount == 0 { return "Enter keeps, Esc clears" }
    return "\(browsing.parameters.count) of \(browsing.parameterCount)  Enter keeps, Esc clears"
  }

  private func draw(
    _ message: DashboardMessage, into buffer: inout CellBuffer, in area: Rect
  ) {
    let mark = message.judgement.mark(in: buffer.charset)
    let text = message.judgement == .none ? message.text : "\(mark) \(message.text)"
    let role = message.judgement == .none ? ThemeRole.text : message.judgement.role
    buffer.write(text, in: area, Style(role, .bold))
  }

  private func drawLine(
    _ prompt: String, _ line: LineEditor, hint: String, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let used = buffer.write(prompt, at: area.origin, Style(.key, .bold), limit: area.columns)
    let room = area.inset(left: used)
    guard !room.isEmpty else { return }
    // A long line is shown from where its cursor is still in view.
    var head = String(line.text.prefix(line.cursor))
    while displayWidth(of: head, in: buffer.charset) >= room.columns, !head.isEmpty {
      head.removeFirst()
    }
    let before = buffer.write(head, at: room.origin, limit: room.columns)
    let tail = String(line.text.dropFirst(line.cursor))
    let after = buffer.write(
      tail.isEmpty ? " " : tail, at: Point(column: room.column + before, row: room.row),
      limit: room.columns - before)
    buffer.restyle(Rect(column: room.column + before, row: room.row, columns: 1, rows: 1)) {
      $0 = $0.reversed
    }
    let rest = room.inset(left: before + after + 2)
    if rest.columns >= 8 {
      let isProblem = state.browsing.filter.problem != nil && prompt.hasSuffix("/")
      buffer.write(hint, in: rest, Style(isProblem ? .warning : .muted), aligned: .right)
    }
  }

  /// The entry whose key stands at a point of the line.
  func binding(at point: Point, in area: Rect) -> KeyBinding? {
    guard state.message == nil else { return nil }
    let room = area.inset(left: area.columns > 2 ? 1 : 0)
    return placed(in: room, state.charset).first { entry in
      entry.columns.contains(point.column)
    }?.binding
  }

  /// The entries that fit, with the columns they take.
  private func placed(
    in area: Rect, _ charset: Charset
  ) -> [(binding: KeyBinding, key: String, columns: Range<Int>)] {
    let shown = state.keys.filter { $0.footerRank != nil && !$0.keys.isEmpty }
      .sorted { ($0.footerRank ?? 0) < ($1.footerRank ?? 0) }
      .filter { $0.availability(state).isEnabled }
    var column = area.column
    var placed: [(KeyBinding, String, Range<Int>)] = []
    for binding in shown {
      let key = binding.keys[0].label
      let width =
        displayWidth(of: key, in: charset) + 1
        + displayWidth(of: summary(of: binding), in: charset)
      guard column + width <= area.endColumn else { continue }
      placed.append((binding, key, column..<column + width))
      column += width + 2
    }
    return placed
  }

  private func drawKeys(into buffer: inout CellBuffer, in area: Rect) {
    for (binding, key, columns) in placed(in: area, buffer.charset) {
      let start = Point(column: columns.lowerBound, row: area.row)
      let used = buffer.write(key, at: start, Style(.key, .bold))
      buffer.write(
        " " + summary(of: binding), at: Point(column: start.column + used, row: area.row))
    }
  }

  private func summary(of binding: KeyBinding) -> String {
    switch binding.action {
    case .pause where state.newest.run.state == .paused: "go on"
    case .freeze where state.isFrozen: "thaw"
    case .pane(.open) where state.pane == .residuals: "other kind"
    case .pane(.nextSection): state.pane == .residuals ? "next outcome" : "next view"
    case .pane(.open) where state.pane == .overview: "go there"
    default: binding.summary
    }
  }
}
