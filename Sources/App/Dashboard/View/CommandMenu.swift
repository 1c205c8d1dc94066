// What could be typed next, in a box above the command line.

import TerminalCore

/// The commands or arguments that begin as typed.
struct CommandMenu: Drawable {
  var state: DashboardState
  var text: String

  private static let mostRows = 10

  /// What could follow: a word and what it means.
  private var entries: [(word: String, help: String)] {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    if words.count <= 1 {
      return CommandTable.all.filter { $0.name.hasPrefix(text) }.map {
        (":\($0.name)\($0.argument.isEmpty ? "" : " \($0.argument)")", $0.help)
      }
    }
    let candidates = CommandTable.candidates(for: text, in: state).map { ($0, "") }
    if !candidates.isEmpty { return candidates }
    guard let command = CommandTable.command(named: String(words[0])) else { return [] }
    return [(":\(command.name) \(command.argument)", command.help)]
  }

  /// Where the box stands; empty where there is nothing to say or no room.
  func area(above footer: Rect, in size: Size) -> Rect {
    let entries = entries
    guard !entries.isEmpty, size.rows >= 8, size.columns >= 24 else { return Rect(.zero) }
    let charset = state.charset
    let width =
      entries.map {
        displayWidth(of: $0.word, in: charset) + displayWidth(of: $0.help, in: charset)
      }
      .max() ?? 0
    let rows = min(entries.count, Self.mostRows, size.rows - 4) + 2
    let bottom = footer.isEmpty ? size.rows - 1 : footer.row
    return Rect(
      column: 0, row: bottom - rows, columns: min(size.columns, max(24, width + 7)), rows: rows)
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    buffer.fill(area)
    let entries = entries
    let room = area.rows - 2
    let more = entries.count - room
    let inside = buffer.drawBox(
      area, title: "", footnote: more > 0 ? "\(more) more" : "", style: Style(.borderFocused)
    ).inset(left: 1, right: 1)
    let width = entries.map { displayWidth(of: $0.word, in: buffer.charset) }.max() ?? 0
    for (offset, entry) in entries.prefix(room).enumerated() {
      let row = Rect(
        column: inside.column, row: inside.row + offset, columns: inside.columns, rows: 1)
      buffer.write(entry.word, in: row, Style(.key))
      buffer.write(entry.help, in: row.inset(left: width + 3), Style(.muted))
    }
  }
}
