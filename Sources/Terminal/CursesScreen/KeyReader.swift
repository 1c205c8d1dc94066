// From what ncurses reads to keys and clicks.

import CNcurses
import TerminalCore

/// Reads keys without waiting.
enum KeyReader {
  /// What there was to read.
  enum Reading {
    case none
    /// Something that means nothing to us, such as an unknown sequence.
    case ignored
    case resize
    case event(ScreenEvent)
  }

  /// The next key or click that has arrived.
  static func next() -> Reading {
    var code: wint_t = 0
    switch wget_wch(nc_stdscr(), &code) {
    case OK: return character(code)
    case KEY_CODE_YES: return special(Int32(bitPattern: code))
    default: return .none
    }
  }

  private static func character(_ code: wint_t) -> Reading {
    switch code {
    case 27: return afterEscape()
    case 9: return .event(.key(.tab))
    case 10, 13: return .event(.key(.enter))
    case 8, 127: return .event(.key(.backspace))
    case 0: return .event(.key(.control(" ")))
    case 1...31:
      guard let letter = Unicode.Scalar(code < 27 ? code + 96 : code + 64) else { return .ignored }
      return .event(.key(.control(Character(letter))))
    default:
      guard let scalar = Unicode.Scalar(code), let width = displayWidth(of: scalar), width > 0
      else { return .ignored }
      return .event(.key(.character(Character(scalar))))
    }
  }

  /// Escape alone, with a character (Alt), or the start of a sequence that ncurses does not know.
  private static func afterEscape() -> Reading {
    var code: wint_t = 0
    guard wget_wch(nc_stdscr(), &code) == OK else { return .event(.key(.escape)) }
    switch code {
    case 27: return .event(.key(.escape))
    case 0x5B: return skipSequence()
    case 0x4F:
      _ = wget_wch(nc_stdscr(), &code)
      return .ignored
    default:
      guard code >= 32, let scalar = Unicode.Scalar(code), (displayWidth(of: scalar) ?? 0) > 0
      else { return .ignored }
      return .event(.key(.alt(Character(scalar))))
    }
  }

  /// Swallows a control sequence to its final byte, so that its rest is not taken for keys.
  private static func skipSequence() -> Reading {
    var code: wint_t = 0
    for _ in 0..<64 {
      guard wget_wch(nc_stdscr(), &code) == OK else { return .ignored }
      if (0x40...0x7E).contains(code) { return .ignored }
    }
    return .ignored
  }

  private static func special(_ code: Int32) -> Reading {
    if code == KEY_RESIZE { return .resize }
    if code == KEY_MOUSE { return mouse() }
    if let key = keys[code] { return .event(.key(key)) }
    let number = code - nc_key_f0()
    return (1...63).contains(number) ? .event(.key(.function(Int(number)))) : .ignored
  }

  private static func mouse() -> Reading {
    var (column, row) = (Int32(0), Int32(0))
    let action: MouseEvent.Action
    switch nc_mouse(&column, &row) {
    case 4: action = .wheelUp
    case 5: action = .wheelDown
    case let button where (1...3).contains(button): action = .press(button: Int(button))
    case let button where (11...13).contains(button): action = .release(button: Int(button) - 10)
    case 20: action = .move
    default: return .ignored
    }
    return .event(.mouse(MouseEvent(action, at: Point(column: Int(column), row: Int(row)))))
  }

  private static let keys: [Int32: KeyEvent] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right,
    KEY_SR: .shiftUp, KEY_SF: .shiftDown, KEY_SLEFT: .shiftLeft, KEY_SRIGHT: .shiftRight,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_HOME: .home, KEY_END: .end,
    KEY_BTAB: .backTab, KEY_ENTER: .enter, KEY_BACKSPACE: .backspace, KEY_DC: .delete,
    KEY_IC: .insert,
  ]
}
