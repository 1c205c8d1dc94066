// What the user pressed.

/// A key, as far as a terminal can tell keys apart.
package enum KeyEvent: Hashable, Sendable {
  /// A character as typed, a space included.
  case character(Character)
  /// A letter with the control key, in lower case.
  case control(Character)
  /// A character after Escape or with the Alt key.
  case alt(Character)
  case up, down, left, right
  case shiftUp, shiftDown, shiftLeft, shiftRight
  case pageUp, pageDown, home, end
  case tab, backTab, enter, escape, backspace, delete, insert
  /// F1 ... F12 and beyond.
  case function(Int)
}

extension KeyEvent {
  /// The name as help and configuration files write it: `q`, `ctrl-x`, `alt-f`, `pgup`, `f1`.
  package var name: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let character): "ctrl-\(character)"
    case .alt(let character): "alt-\(character)"
    case .function(let number): "f\(number)"
    default: KeyEvent.named.first { $0.key == self }?.name ?? "?"
    }
  }

  /// The key of a name, in any case but for single characters; `nil` if there is none of the name.
  package init?(named name: String) {
    if name.count == 1, let character = name.first {
      self = .character(character)
      return
    }
    let lower = name.lowercased()
    if let found = KeyEvent.named.first(where: { $0.name == lower }) {
      self = found.key
    } else if lower == "space" {
      self = .character(" ")
    } else if lower.hasPrefix("ctrl-"), lower.count == 6, let character = lower.last {
      self = .control(character)
    } else if lower.hasPrefix("alt-"), name.count == 5, let character = name.last {
      self = .alt(character)
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...63).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static let named: [(name: String, key: KeyEvent)] = [
    ("up", .up), ("down", .down), ("left", .left), ("right", .right),
    ("shift-up", .shiftUp), ("shift-down", .shiftDown), ("shift-left", .shiftLeft),
    ("shift-right", .shiftRight), ("pgup", .pageUp), ("pgdn", .pageDown), ("home", .home),
    ("end", .end), ("tab", .tab), ("shift-tab", .backTab), ("enter", .enter), ("esc", .escape),
    ("backspace", .backspace), ("del", .delete), ("ins", .insert),
  ]
}

/// What the mouse did, and where.
package struct MouseEvent: Hashable, Sendable {
  /// What was done; buttons count from 1, the left one.
  package enum Action: Hashable, Sendable {
    case press(button: Int), release(button: Int)
    /// Motion with a button held.
    case move
    case wheelUp, wheelDown
  }

  package let action: Action
  package let position: Point

  /// Something done at a cell of the screen.
  package init(_ action: Action, at position: Point) {
    self.action = action
    self.position = position
  }
}
