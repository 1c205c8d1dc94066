// The menu of exports: what is shown as a drawing, as numbers, as text, or on the clipboard.

import TerminalCore

/// A small box with a key for each form of export.
package struct ExportMenu: Equatable, Sendable {
  /// What came of a key.
  package enum Outcome: Equatable, Sendable {
    case export(ExportRequest)
    case copy(CopyRequest)
    /// The menu is closed.
    case close
    /// The menu stays.
    case stay
  }

  private struct Entry: Sendable {
    var key: Character
    var words: String
    var outcome: Outcome
  }

  /// What is exported, for the title.
  package let name: String
  /// Whether there are numbers to export.
  package let hasNumbers: Bool
  private static let entries = [
    Entry(key: "s", words: "drawing, SVG", outcome: .export(ExportRequest(.svg))),
    Entry(key: "c", words: "numbers, CSV", outcome: .export(ExportRequest(.csv))),
    Entry(key: "t", words: "text", outcome: .export(ExportRequest(.text))),
    Entry(key: "a", words: "text with colours, ANSI", outcome: .export(ExportRequest(.ansi))),
    Entry(key: "y", words: "copy the text (OSC 52)", outcome: .copy(.shown(.text))),
    Entry(key: "n", words: "copy the numbers", outcome: .copy(.shown(.csv))),
  ]

  /// A menu for a pane.
  package init(name: String, hasNumbers: Bool) {
    self.name = name
    self.hasNumbers = hasNumbers
  }

  package static func == (left: ExportMenu, right: ExportMenu) -> Bool {
    left.name == right.name && left.hasNumbers == right.hasNumbers
  }

  /// What a key of the menu asks for; any other key closes it.
  package func handle(_ key: KeyEvent) -> Outcome {
    guard case .character(let character) = key,
      let entry = Self.entries.first(where: { $0.key == character })
    else { return .close }
    return isEnabled(entry) ? entry.outcome : .stay
  }

  private func isEnabled(_ entry: Entry) -> Bool {
    hasNumbers
      || (entry.outcome != .export(ExportRequest(.csv)) && entry.outcome != .copy(.shown(.csv)))
  }
}

extension ExportMenu: Drawable {
  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let box = area.centered(Size(columns: 40, rows: Self.entries.count + 4))
    buffer.fill(box)
    let inside = buffer.drawBox(box, title: "Export: \(name)", style: Style(.borderFocused))
      .inset(left: 1, right: 1)
    for (place, entry) in Self.entries.enumerated() {
      let isOn = isEnabled(entry)
      let row = Rect(
        column: inside.column, row: inside.row + place, columns: inside.columns, rows: 1)
      buffer.write(
        [
          StyledText("\(entry.key)  ", isOn ? Style(.key, .bold) : Style(.muted)),
          StyledText(entry.words, isOn ? .plain : Style(.muted)),
          StyledText(isOn ? "" : "  none here", Style(.muted)),
        ], in: row.intersection(inside))
    }
    buffer.write(
      "any other key closes", in: inside.splitBottom(1).bottom, Style(.muted))
  }
}
