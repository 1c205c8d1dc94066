// The help: the key table and the commands, over the pane.

import Panes
import TerminalCore

/// The lines of the help.
enum HelpText {
  /// A heading, or a key with what it does and why it cannot be used now.
  enum Line {
    case heading(String)
    case entry(key: String, text: String, note: String)
  }

  /// All lines for a state.
  static func lines(_ state: DashboardState) -> [Line] {
    var lines: [Line] = []
    for group in KeyGroup.allCases {
      lines.append(.heading(group.rawValue))
      for binding in KeyTable.all where binding.group == group {
        var note = ""
        if case .disabled(let reason) = binding.availability(state) { note = reason }
        lines.append(.entry(key: binding.label, text: binding.help, note: note))
      }
    }
    lines.append(.heading("Commands"))
    for command in CommandTable.all {
      let name = command.argument.isEmpty ? command.name : "\(command.name) \(command.argument)"
      lines.append(.entry(key: ":" + name, text: command.help, note: ""))
    }
    return lines
  }

  /// How far the help can be scrolled.
  static func maximumScroll(_ state: DashboardState) -> Int {
    max(0, lines(state).count - max(1, HelpOverlay.area(in: state.size).rows - 2))
  }
}

/// The box with the help.
struct HelpOverlay: Drawable {
  var state: DashboardState
  var scroll: Int

  /// Where the help stands on a screen.
  static func area(in size: Size) -> Rect {
    Rect(size).inset(top: min(1, size.rows / 8), bottom: min(1, size.rows / 8))
      .centered(Size(columns: 96, rows: 60))
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    buffer.fill(area)
    let lines = HelpText.lines(state)
    let inside = buffer.drawBox(
      area, title: "Help: \(state.pane.title)",
      note: lines.count > area.rows - 2 ? "j k scroll, any other key closes" : "any key closes",
      style: Style(.borderFocused))
    let keyWidth = min(18, inside.columns / 3)
    for (offset, line) in lines.dropFirst(scroll).prefix(inside.rows).enumerated() {
      let row = Rect(
        column: inside.column + 1, row: inside.row + offset, columns: inside.columns - 2, rows: 1)
      switch line {
      case .heading(let text): buffer.write(text, in: row, Style(.heading, .bold))
      case .entry(let key, let text, let note):
        let parts = row.columns([.fixed(keyWidth), .rest], gap: 1)
        buffer.write(key, in: parts[0], Style(note.isEmpty ? .key : .muted))
        let words = [
          StyledText(text, note.isEmpty ? .plain : Style(.muted)),
          StyledText(note.isEmpty ? "" : "  not now: \(note)", Style(.warning)),
        ]
        buffer.write(words, in: parts[1])
      }
    }
  }
}

/// The question whether the fit shall stop.
struct StopQuestion: Drawable {
  var name: String

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let box = area.centered(Size(columns: 58, rows: 6))
    buffer.fill(box)
    let inside = buffer.drawBox(box, title: "Stop the fit?", style: Style(.warning))
      .inset(left: 1, right: 1)
    buffer.writeWrapped(
      "The worker saves its state and ends; it can be resumed later. To leave without stopping "
        + "press q instead.", in: inside.splitBottom(1).rest)
    buffer.write(
      [
        StyledText("y", Style(.key, .bold)), StyledText(" stop   "),
        StyledText("any other key", Style(.key, .bold)), StyledText(" go on"),
      ], in: inside.splitBottom(1).bottom)
  }
}
