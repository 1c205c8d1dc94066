// The frame of a part of a pane, which shrinks to a line of text and then to nothing.

import TerminalCore

/// What ``CellBuffer/drawPanel(_:title:note:footnote:leastRows:)`` leaves inside, so that a press can be
/// found without drawing.
func panelInside(of area: Rect, leastRows: Int = 6) -> Rect {
  if area.rows >= leastRows, area.columns >= 24 { return area.inset(by: 1) }
  return area.rows >= 3 ? area.inset(top: 1) : area
}

extension CellBuffer {
  /// Draws a frame with a title, or only the title where there is little room, and returns what is
  /// left inside.
  ///
  /// - Parameters:
  ///   - note: stands right of the title, such as what the numbers rest on.
  ///   - footnote: stands in the bottom line of the frame.
  ///   - leastRows: the height from which on there is a frame.
  mutating func drawPanel(
    _ area: Rect, title: String, note: String = "", footnote: String = "", leastRows: Int = 6
  ) -> Rect {
    if area.rows >= leastRows, area.columns >= 24 {
      return drawBox(area, title: title, note: note, footnote: footnote)
    }
    guard area.rows >= 3 else { return area }
    let used = write(
      title, at: area.origin, Style(.title, .bold), limit: area.columns, ellipsis: true)
    if used + displayWidth(of: note, in: charset) + 2 <= area.columns {
      write(
        note, in: area.splitTop(1).top.inset(left: used + 2), Style(.muted), aligned: .right)
    }
    return area.inset(top: 1)
  }

  /// Says in the middle of an area, over several rows if need be, why there is nothing to see.
  mutating func drawNotice(_ text: String, in area: Rect, _ style: Style = Style(.muted)) {
    guard !area.isEmpty else { return }
    let width = min(area.columns, 74)
    let lines = wrapped(text, columns: width)
    let rows = min(lines.count, area.rows)
    let top = area.row + (area.rows - rows) / 2
    for (index, line) in lines.prefix(rows).enumerated() {
      let row = Rect(column: area.column, row: top + index, columns: area.columns, rows: 1)
      write(line, in: row, style, aligned: .center)
    }
  }
}

/// A name cut in its middle to so many columns, since names of parameters differ at both ends; those of
/// random effects above all at theirs, `r_school_id__passed[S01,Intercept]`.
func shortened(_ name: String, columns: Int, charset: Charset) -> String {
  guard displayWidth(of: name, in: charset) > columns, columns >= 5 else { return name }
  let head = name.hasSuffix("]") ? max(3, columns / 6) : (columns - 1) * 2 / 5
  var tail = ""
  for character in name.reversed() {
    let next = String(character) + tail
    if displayWidth(of: next, in: charset) > columns - 1 - head { break }
    tail = next
  }
  return clipped(name, columns: head) + String(charset.ellipsis) + tail
}
