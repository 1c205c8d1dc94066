// The column in front in figures, words and a larger histogram.

import TerminalCore

/// More about one column than its row in the list has room for.
struct ColumnDetail: Drawable {
  var column: ColumnProfile
  var families: [String]

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let chart = area.columns >= 56 && !column.bins.isEmpty ? chartWidth(in: area.columns) : 0
    let parts = area.columns([.rest, .fixed(chart)], gap: chart > 0 ? 2 : 0)
    var rest = parts[0]
    for (text, style) in lines where !rest.isEmpty {
      rest = rest.inset(top: max(1, buffer.writeWrapped(text, in: rest, style)))
    }
    if column.kind == .text {
      drawLevels(into: &buffer, in: parts[1])
    } else {
      drawHistogram(into: &buffer, in: parts[1])
    }
  }

  /// The columns of bars as wide as two fifths of the room allow; levels take all of these.
  private func chartWidth(in columns: Int) -> Int {
    let most = min(48, columns * 2 / 5)
    guard column.kind != .text else { return most }
    return column.bins.count * max(1, min(4, most / column.bins.count))
  }

  private var lines: [(text: String, style: Style)] {
    var lines: [(String, Style)] = []
    let share = column.rows > 0 ? Double(column.missing) / Double(column.rows) : 0
    let missing =
      column.missing == 0
      ? "none missing"
      : "\(Format.grouped(column.missing)) missing (\(Format.percent(share, decimals: share < 0.1 ? 1 : 0)))"
    lines.append(
      (
        "\(Format.grouped(column.present)) values, \(Format.grouped(column.distinct)) different, "
          + missing, .plain
      ))
    if let moments = column.moments, column.kind != .constant {
      lines.append(
        (
          "mean \(Format.significant(moments.mean))  "
            + "sd \(Format.significant(moments.variance.squareRoot()))  "
            + "skewness \(Format.fixed(moments.skewness, decimals: 1))", .plain
        ))
      lines.append(
        (
          "\(ColumnTable.number(moments.minimum)) to \(ColumnTable.number(moments.maximum))"
            + (moments.zeroShare > 0 && column.kind != .zeroOne
              ? ", \(Format.percent(moments.zeroShare)) are 0" : ""),
          .plain
        ))
    }
    if column.numbersRows {
      lines.append(("numbers the rows: of no use in a model", Style(.muted)))
      return lines
    }
    let suggestion = FamilySuggestion(for: column, families: families)
    lines.append(("as an outcome (y): \(suggestion.reason)", Style(.muted)))
    if column.looksLikeGroup {
      let average = Double(column.present) / Double(max(1, column.distinct))
      lines.append(
        (
          "as a group (g): \(Format.grouped(column.distinct)) levels of "
            + "\(Format.significant(average, digits: 2)) rows on average", Style(.muted)
        ))
    }
    return lines
  }

  /// Bars of as many columns each as there is room for.
  private func drawHistogram(into buffer: inout CellBuffer, in area: Rect) {
    guard let most = column.bins.max(), most > 0, area.rows >= 2 else { return }
    let width = max(1, min(4, area.columns / column.bins.count))
    let bars = area.inset(bottom: 1)
    let glyphs = buffer.charset.verticalBars
    let parts = glyphs.count - 1
    for (bin, count) in column.bins.enumerated() where count > 0 {
      let height = Double(count) / Double(most) * Double(bars.rows * parts)
      var left = max(1, Int(height.rounded()))
      var row = bars.endRow - 1
      while left > 0, row >= bars.row {
        for offset in 0..<width {
          buffer.set(
            Cell(glyphs[min(left, parts)], Style(.chain(number: 1))),
            at: Point(column: bars.column + bin * width + offset, row: row))
        }
        left -= parts
        row -= 1
      }
    }
    guard let moments = column.moments else { return }
    let axis = area.splitBottom(1).bottom
    let room = Rect(
      column: axis.column, row: axis.row, columns: min(axis.columns, width * column.bins.count),
      rows: 1)
    let used = buffer.write(
      ColumnTable.number(moments.minimum), at: room.origin, Style(.axis), limit: room.columns)
    buffer.write(
      ColumnTable.number(moments.maximum), in: room.inset(left: used + 1), Style(.axis),
      aligned: .right)
  }

  /// The most frequent levels, each with a bar.
  private func drawLevels(into buffer: inout CellBuffer, in area: Rect) {
    guard let most = column.levels.first?.count, area.columns >= 12 else { return }
    let charset = buffer.charset
    let shown = column.levels.prefix(
      column.levels.count > area.rows || column.distinct > column.levels.count
        ? max(0, area.rows - 1) : area.rows)
    let names = min(SetupText.width(shown.map(\.name), in: charset), area.columns / 2)
    let counts = SetupText.width(shown.map { Format.grouped($0.count) }, in: charset)
    let room = max(0, area.columns - names - counts - 2)
    for (offset, level) in shown.enumerated() {
      let row = Rect(column: area.column, row: area.row + offset, columns: area.columns, rows: 1)
      buffer.write(SetupText.cut(level.name, columns: names, in: charset), in: row)
      let length = max(1, level.count * room / most)
      buffer.write(
        String(repeating: String(charset.horizontalBars.last ?? "#"), count: min(length, room)),
        in: row.inset(left: names + 1), Style(.chain(number: 3)))
      buffer.write(Format.grouped(level.count), in: row, Style(.muted), aligned: .right)
    }
    if shown.count < column.distinct, area.rows > shown.count {
      buffer.write(
        "and \(Format.grouped(column.distinct - shown.count)) more",
        in: area.inset(top: shown.count), Style(.muted))
    }
  }
}
