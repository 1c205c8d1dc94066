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

  /// All lines for a state, or those that hold every word of a search.
  static func lines(_ state: DashboardState, _ help: HelpState = HelpState()) -> [Line] {
    let words = help.search.text.lowercased().split(separator: " ")
    func isWanted(_ texts: String...) -> Bool {
      let text = texts.joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    var lines: [Line] = []
    func add(_ heading: String, _ entries: [Line]) {
      if !entries.isEmpty { lines += [.heading(heading)] + entries }
    }
    for group in KeyGroup.allCases {
      let entries = state.keys.filter { $0.group == group }.compactMap { binding -> Line? in
        let label = binding.keys.isEmpty ? "no key" : binding.label
        guard isWanted(label, binding.help, binding.name, group.rawValue) else { return nil }
        var note = ""
        if case .disabled(let reason) = binding.availability(state) { note = reason }
        return .entry(key: label, text: binding.help, note: note)
      }
      add(group.rawValue, entries)
    }
    let commands = CommandTable.all.compactMap { command -> Line? in
      let name = command.argument.isEmpty ? command.name : "\(command.name) \(command.argument)"
      guard isWanted(":" + name, command.help, "commands") else { return nil }
      return .entry(key: ":" + name, text: command.help, note: "")
    }
    add("Commands", commands)
    return lines
  }

  /// How far the help can be scrolled.
  static func maximumScroll(_ state: DashboardState, _ help: HelpState) -> Int {
    max(0, lines(state, help).count - max(1, HelpOverlay.area(in: state.size).rows - 2))
  }
}

/// The box with the help.
struct HelpOverlay: Drawable {
  var state: DashboardState
  var help: HelpState

  /// Where the help stands on a screen.
  static func area(in size: Size) -> Rect {
    Rect(size).inset(top: min(1, size.rows / 8), bottom: min(1, size.rows / 8))
      .centered(Size(columns: 104, rows: 200))
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    buffer.fill(area)
    let lines = HelpText.lines(state, help)
    let inside = buffer.drawBox(
      area, title: "Help: \(state.pane.title)", note: note(lines.count, area),
      style: Style(.borderFocused))
    if lines.isEmpty {
      buffer.write(
        "Nothing in the help has \(help.search.text).", in: inside.inset(left: 1), Style(.muted))
    }
    let keyWidth = min(24, inside.columns / 3)
    for (offset, line) in lines.dropFirst(help.scroll).prefix(inside.rows).enumerated() {
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

extension HelpOverlay {
  private func note(_ lines: Int, _ area: Rect) -> String {
    let search = help.search.text
    if !search.isEmpty { return "\(search): / searches, Esc shows all" }
    return lines > area.rows - 2
      ? "j k scroll, / searches, any other key closes" : "/ searches, any other key closes"
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
