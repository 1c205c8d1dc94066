// Writing text into a buffer: clipped, aligned, folded to the charset.

/// Where a text stands in its room.
package enum Alignment: Hashable, Sendable {
  case left, center, right
}

extension CellBuffer {
  /// Writes text on one row from a point on and returns the number of columns it took.
  ///
  /// The text ends at the edge of the view or after `limit` columns; with `ellipsis` its last column
  /// then shows that it goes on. What cannot be shown (controls, overrides) is left out.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, at point: Point, _ style: Style = .plain, limit: Int = .max,
    ellipsis: Bool = false
  ) -> Int {
    let room = min(limit, size.columns - point.column)
    guard room > 0 else { return 0 }
    if ellipsis, displayWidth(of: text, in: charset) > room {
      let used = write(text, at: point, style, limit: room - 1)
      for column in used..<room {
        let glyph = column == used ? charset.ellipsis : " "
        set(Cell(glyph, style), at: Point(column: point.column + column, row: point.row))
      }
      return room
    }
    var column = 0
    for original in text.unicodeScalars {
      let scalar = charset.folded(original)
      guard let width = displayWidth(of: scalar) else { continue }
      let place = Point(column: point.column + column, row: point.row)
      if width == 0 {
        if column > 0 { addMark(scalar, at: Point(column: place.column - 1, row: place.row)) }
        continue
      }
      if column + width > room { break }
      set(Cell(scalar, style), at: place)
      column += width
    }
    return column
  }

  /// Writes text on the first row of an area, aligned, with an ellipsis where it does not fit.
  package mutating func write(
    _ text: some StringProtocol, in area: Rect, _ style: Style = .plain,
    aligned alignment: Alignment = .left
  ) {
    guard !area.isEmpty else { return }
    let spare = max(0, area.columns - displayWidth(of: text, in: charset))
    let indent =
      switch alignment {
      case .left: 0
      case .center: spare / 2
      case .right: spare
      }
    write(
      text, at: Point(column: area.column + indent, row: area.row), style,
      limit: area.columns - indent, ellipsis: true)
  }

  /// Writes pieces of text with their own styles one after the other on the first row of an area,
  /// and returns the number of columns they took.
  @discardableResult
  package mutating func write(_ pieces: [StyledText], in area: Rect) -> Int {
    guard area.rows > 0 else { return 0 }
    var used = 0
    for piece in pieces {
      guard used < area.columns else { break }
      used += write(
        piece.text, at: Point(column: area.column + used, row: area.row), piece.style,
        limit: area.columns - used, ellipsis: true)
    }
    return used
  }

  /// Writes text over several rows, broken between words, and returns the number of rows it took.
  @discardableResult
  package mutating func writeWrapped(
    _ text: String, in area: Rect, _ style: Style = .plain
  ) -> Int {
    let lines = wrapped(text, columns: area.columns)
    for (index, line) in lines.prefix(area.rows).enumerated() {
      let isCut = index == area.rows - 1 && lines.count > area.rows
      let row = Rect(
        column: area.column, row: area.row + index, columns: area.columns, rows: 1)
      write(isCut ? line + " " + lines[index + 1] : line, in: row, style)
    }
    return min(lines.count, area.rows)
  }
}

/// A piece of text with its style.
package struct StyledText: Hashable, Sendable {
  package var text: String
  package var style: Style

  /// A piece of text; ordinary unless said otherwise.
  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// The number of columns a text takes in a charset.
package func displayWidth(of text: some StringProtocol, in charset: Charset) -> Int {
  guard charset == .ascii else { return displayWidth(of: text) }
  var width = 0
  for scalar in text.unicodeScalars { width += displayWidth(of: charset.folded(scalar)) ?? 0 }
  return width
}

/// The longest beginning of a text that takes at most so many columns.
package func clipped(_ text: String, columns: Int) -> String {
  var result = String.UnicodeScalarView()
  var width = 0
  for scalar in text.unicodeScalars {
    guard let own = displayWidth(of: scalar) else { continue }
    if width + own > columns { break }
    width += own
    result.append(scalar)
  }
  return String(result)
}

/// The lines of a text broken between words so that each takes at most `columns`; a longer word is
/// cut. Line breaks in the text are kept.
package func wrapped(_ text: String, columns: Int) -> [String] {
  guard columns > 0 else { return [] }
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    for word in paragraph.split(separator: " ") {
      var rest = String(word)
      if !line.isEmpty, displayWidth(of: line) + 1 + displayWidth(of: rest) <= columns {
        line += " " + rest
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while displayWidth(of: rest) > columns {
        let head = clipped(rest, columns: columns)
        // A wide character in a single column can never be placed.
        if head.isEmpty { return lines }
        lines.append(head)
        rest.unicodeScalars.removeFirst(head.unicodeScalars.count)
      }
      line = rest
    }
    lines.append(line)
  }
  return lines
}
