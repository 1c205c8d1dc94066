// One line of text as it is being typed.

import TerminalCore

/// A line with a cursor.
package struct LineEditor: Equatable {
  package private(set) var text: String
  /// The place of the cursor, in characters from the start.
  package private(set) var cursor: Int

  /// A line with the cursor at its end.
  package init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  /// Replaces the line and puts the cursor at its end.
  package mutating func replace(with text: String) { self = LineEditor(text) }

  /// Obeys a key; whether the key meant anything to the line.
  package mutating func handle(_ key: KeyEvent) -> Bool {
    switch key {
    case .character(let character): insert(character)
    case .backspace where cursor > 0: remove(cursor - 1)
    case .delete where cursor < text.count: remove(cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("u"):
      text = String(text.dropFirst(cursor))
      cursor = 0
    case .control("w"): removeWord()
    case .backspace, .delete: break
    default: return false
    }
    return true
  }

  private mutating func insert(_ character: Character) {
    // A mark may join the character before it, so the cursor counts what is there afterwards.
    let head = String(text.prefix(cursor)) + String(character)
    text = head + text.dropFirst(cursor)
    cursor = min(head.count, text.count)
  }

  private mutating func remove(_ place: Int) {
    text.remove(at: text.index(text.startIndex, offsetBy: place))
    cursor = min(place, text.count)
  }

  private mutating func removeWord() {
    var head = text.prefix(cursor)
    while head.last == " " { head.removeLast() }
    while let last = head.last, last != " " { head.removeLast() }
    text = String(head) + text.dropFirst(cursor)
    cursor = head.count
  }
}
