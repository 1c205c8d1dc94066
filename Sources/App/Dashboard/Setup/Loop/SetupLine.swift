// What the screens of the setup share: the bottom line, a box of help, a question.

import Panes
import TerminalCore

/// Texts cut to the room there is.
enum SetupText {
  /// A text cut at its end, with an ellipsis.
  static func elided(_ text: String, columns: Int, in charset: Charset) -> String {
    guard displayWidth(of: text, in: charset) > columns else { return text }
    return columns < 1 ? "" : clipped(text, columns: columns - 1) + String(charset.ellipsis)
  }

  /// A text cut in its middle, since names differ at both ends.
  static func cut(_ text: String, columns: Int, in charset: Charset) -> String {
    guard displayWidth(of: text, in: charset) > columns, columns >= 5 else { return text }
    let head = (columns - 1) / 2
    var tail = ""
    for character in text.reversed() {
      let next = String(character) + tail
      if displayWidth(of: next, in: charset) > columns - 1 - head { break }
      tail = next
    }
    return clipped(text, columns: head) + String(charset.ellipsis) + tail
  }

  /// The area of a list: without a row in front it keeps the margin of the mark, so that nothing moves.
  static func listArea(_ area: Rect, isFront: Bool) -> Rect {
    isFront || area.columns <= 20 ? area : area.inset(left: 2)
  }

  /// The width of the widest of some texts.
  static func width(_ texts: some Sequence<String>, in charset: Charset) -> Int {
    texts.reduce(0) { max($0, displayWidth(of: $1, in: charset)) }
  }
}

/// Bottom lines.
enum SetupLine {
  /// As many keys as there is room for; the last two always, since they are the way to help and out.
  static func drawKeys(_ keys: [SetupKey], into buffer: inout CellBuffer, in area: Rect) {
    let charset = buffer.charset
    func label(_ key: SetupKey) -> String {
      key.keys.split(separator: " ").first.map(String.init) ?? key.keys
    }
    func width(_ key: SetupKey) -> Int {
      displayWidth(of: label(key), in: charset) + 1
        + displayWidth(of: key.summary ?? "", in: charset) + 2
    }
    let last = Array(keys.suffix(2))
    let reserved = last.reduce(0) { $0 + width($1) }
    var shown: [SetupKey] = []
    var used = 0
    for key in keys.dropLast(2) where used + width(key) + reserved <= area.columns + 2 {
      shown.append(key)
      used += width(key)
    }
    var column = area.column
    for key in shown + last {
      column += buffer.write(
        label(key), at: Point(column: column, row: area.row), Style(.key, .bold),
        limit: area.endColumn - column)
      column += buffer.write(
        " \(key.summary ?? "")", at: Point(column: column, row: area.row),
        limit: area.endColumn - column)
      column += 2
    }
  }
}

/// The keys and commands, over the screen.
struct SetupHelp: Drawable {
  var title: String
  var lines: [SetupHelpLine]
  var scroll: Int

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let room = area.inset(top: min(1, area.rows / 8), bottom: min(1, area.rows / 8))
      .centered(Size(columns: 100, rows: lines.count + 2))
    buffer.fill(room)
    let inside = buffer.drawBox(
      room, title: title,
      note: lines.count > room.rows - 2 ? "j k scroll, any other key closes" : "any key closes",
      style: Style(.borderFocused))
    let keyWidth = min(20, inside.columns / 3)
    for (offset, line) in lines.dropFirst(scroll).prefix(inside.rows).enumerated() {
      let row = Rect(
        column: inside.column + 1, row: inside.row + offset, columns: inside.columns - 2, rows: 1)
      switch line {
      case .heading(let text): buffer.write(text, in: row, Style(.heading, .bold))
      case .key(let key):
        let parts = row.columns([.fixed(keyWidth), .rest], gap: 1)
        buffer.write(key.keys, in: parts[0], Style(.key))
        buffer.write(key.help, in: parts[1])
      }
    }
  }
}

/// A question that y answers with yes and any other key with no.
struct SetupQuestion: Drawable {
  var title: String
  var text: String
  var yes: String

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let box = area.centered(Size(columns: 58, rows: 6))
    buffer.fill(box)
    let inside = buffer.drawBox(box, title: title, style: Style(.warning)).inset(left: 1, right: 1)
    let parts = inside.splitBottom(1)
    buffer.writeWrapped(text, in: parts.rest)
    buffer.write(
      [
        StyledText("y", Style(.key, .bold)), StyledText(" \(yes)   "),
        StyledText("any other key", Style(.key, .bold)), StyledText(" go back"),
      ], in: parts.bottom)
  }
}
