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
      BottomLine.draw(
        "filter /", line, hint: filterHint,
        isProblem: state.browsing.filter.problem != nil, into: &buffer, in: room)
    case .command(let line):
      let hints = CommandTable.candidates(for: line.text, in: state)
      BottomLine.draw(":", line, hint: hints.joined(separator: " "), into: &buffer, in: room)
    case .help(let help) where help.isTyping:
      BottomLine.draw(
        "search /", help.search, hint: "Enter keeps, Esc clears", into: &buffer, in: room)
    case .themes:
      BottomLine.draw(
        DashboardMessage(text: "j k move, / filters, Enter keeps, Esc goes back", judgement: .none),
        into: &buffer, in: room)
    case .help, .export, .confirmStop, .runs, .browsing:
      if let message = state.message {
        BottomLine.draw(message, into: &buffer, in: room)
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
