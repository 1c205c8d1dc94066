// An entry of the key table with other keys than its own.

import TerminalCore

extension KeyBinding {
  /// The entry with these keys and a label made of them.
  func with(keys: [KeyEvent]) -> KeyBinding {
    if keys == self.keys { return self }
    var copy = self
    copy.keys = keys
    copy.label = keys.isEmpty ? "none" : keys.map(\.label).joined(separator: " ")
    return copy
  }
}

extension KeyEvent {
  /// The key as footer and help show it: `Ctrl-X`, `PgUp`, `Space`, `F1`.
  var label: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-\(character.uppercased())"
    case .alt(let character): "Alt-\(character)"
    case .function(let number): "F\(number)"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .shiftUp: "Shift-↑"
    case .shiftDown: "Shift-↓"
    case .shiftLeft: "Shift-←"
    case .shiftRight: "Shift-→"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .enter: "Enter"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    }
  }
}
