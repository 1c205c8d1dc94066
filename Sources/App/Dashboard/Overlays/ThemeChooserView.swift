// The box with the list of themes, and what the theme under the cursor does to each kind of mark.

import Plots
import TerminalCore

/// The list of themes over the pane, which shows the theme under the cursor.
struct ThemeChooserView: Drawable {
  var chooser: ThemeChooser
  var themes: ThemeShelf

  /// Where the list stands: at the right, so that much of the pane can be seen.
  static func area(in size: Size) -> Rect {
    let room = Rect(size).inset(top: min(2, size.rows / 8), bottom: min(1, size.rows / 8))
    let columns = min(56, room.columns)
    return Rect(
      column: room.endColumn - columns, row: room.row, columns: columns, rows: min(32, room.rows))
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard area.rows >= 3, area.columns >= 12 else { return }
    buffer.fill(area)
    let places = chooser.places(in: themes)
    let all = themes.entries.count
    let isTyping = chooser.isTyping
    let inside = buffer.drawBox(
      area, title: "Themes", note: places.count == all ? "\(all)" : "\(places.count) of \(all)",
      footnote: isTyping ? "Enter keeps the filter, Esc clears it" : "Enter keeps, Esc goes back",
      style: Style(.borderFocused))
    let hasSample = inside.rows >= 12
    let hasFilter = isTyping || !chooser.filter.text.isEmpty
    let parts = inside.rows([
      .fixed(hasFilter ? 1 : 0), .rest, .fixed(hasSample ? 4 : 0),
    ])
    if hasFilter { drawFilter(into: &buffer, in: parts[0].inset(left: 1, right: 1)) }
    drawList(places, into: &buffer, in: parts[1])
    if hasSample { drawSample(into: &buffer, in: parts[2].inset(left: 2, right: 1)) }
  }

  private func drawFilter(into buffer: inout CellBuffer, in area: Rect) {
    let used = buffer.write("/", at: area.origin, Style(.key, .bold), limit: area.columns)
    let room = area.inset(left: used)
    let text = buffer.write(
      chooser.filter.text, at: room.origin, limit: max(0, room.columns - 1))
    if chooser.isTyping, text < room.columns {
      buffer.set(
        Cell(" ", Style.plain.reversed), at: Point(column: room.column + text, row: room.row))
    }
  }

  private func drawList(_ places: [Int], into buffer: inout CellBuffer, in area: Rect) {
    var table = Table(
      columns: [
        TableColumn("name", alignment: .left, minimumWidth: 10, rank: 0, isFlexible: true),
        TableColumn("made for", alignment: .left, rank: 1),
        TableColumn("from", alignment: .left, rank: 2),
      ], rowCount: places.count
    ) { row in
      let entry = themes.entries[places[row]]
      let words = ThemeChooser.words(entry)
      return [
        StyledText(words[0]),
        StyledText(words[1], Style(entry.problem == nil ? .muted : .bad)),
        StyledText(words[2], Style(.muted)),
      ]
    }
    let selected = chooser.selected.flatMap { places.firstIndex(of: $0) }
    let visible = table.visibleCount(in: area)
    table.selected = selected
    let middle = (selected ?? 0) - visible / 2
    table.firstRow = min(max(0, middle), max(0, places.count - visible))
    table.emptyNotice = "no theme has these words"
    table.draw(into: &buffer, in: area)
  }

  /// Chains, judgements and the scales, as the theme in use has them.
  private func drawSample(into buffer: inout CellBuffer, in area: Rect) {
    let charset = buffer.charset
    let lines = (0..<area.rows).map {
      Rect(column: area.column, row: area.row + $0, columns: area.columns, rows: 1)
    }
    buffer.drawHorizontalRule(
      row: lines[0].row, from: area.column, to: area.endColumn, Style(.grid))
    let line = String(charset.lines.heavyHorizontal)
    let chains = (1...8).map {
      StyledText("\($0)\(line)\(line) ", Style(.chain(number: $0)))
    }
    buffer.write([StyledText("chains ", Style(.muted))] + chains, in: lines[1])
    buffer.write(
      [
        StyledText("\(charset.check) good  ", Style(.ok)),
        StyledText("! doubtful  ", Style(.warning)),
        StyledText("\(charset.cross) bad  ", Style(.bad)),
        StyledText("title ", Style(.title, .bold)), StyledText("key ", Style(.key, .bold)),
        StyledText("hint", Style(.muted)),
      ], in: lines[2])
    let values = [-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1]
    var column = area.column
    for value in values where column + 4 <= area.endColumn {
      let text = value == 0 ? "  0 " : Format.fixed(value, decimals: 1)
      buffer.write(
        text, in: Rect(column: column, row: lines[3].row, columns: 4, rows: 1),
        Style(.readable, on: .correlation(value)), aligned: .center)
      column += 4
    }
  }
}
