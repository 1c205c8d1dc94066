// Finding out what the terminal can do before it is taken over.

import CNcurses
import Glibc
import TerminalCore

extension CursesScreen {
  /// Takes over the user's locale, but for numbers, and says which glyphs it allows.
  ///
  /// Numbers stay as in C, because a decimal comma would spoil every file written. Where a charset is
  /// asked for that the locale does not allow, the plain locale with UTF-8 is tried.
  static func prepareLocale(wanting wanted: Charset?) -> Charset {
    _ = setlocale(LC_ALL, "")
    _ = setlocale(LC_NUMERIC, "C")
    if !hasUnicode, let wanted, wanted != .ascii { _ = setlocale(LC_CTYPE, "C.UTF-8") }
    if !hasUnicode { return .ascii }
    // The fonts of the Linux console have neither dots nor quadrants.
    return wanted ?? (environment("TERM") == "linux" ? .ascii : .braille)
  }

  private static var hasUnicode: Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    let codeset = String(cString: name).uppercased()
    return codeset == "UTF-8" || codeset == "UTF8"
  }

  /// Starts ncurses for this terminal or the most alike that has a description; `nil` if none has.
  static func start(wantsTrueColor: Bool) -> (screen: OpaquePointer, note: String?)? {
    var missing: String?
    if wantsTrueColor {
      if let screen = nc_newterm("xterm-direct") { return (screen, nil) }
      missing = "true colour needs the terminal description xterm-direct (package ncurses-term)"
    }
    if let screen = nc_newterm(nil) { return (screen, missing) }
    let name = environment("TERM") ?? ""
    for substitute in ["xterm-256color", "xterm", "vt100"] {
      if let screen = nc_newterm(substitute) {
        return (
          screen, "there is no description of the terminal \"\(name)\"; it is used as \(substitute)"
        )
      }
    }
    return nil
  }

  /// How many colours to use: what is wanted as far as it is offered, none where `NO_COLOR` is set.
  static func depth(wanted: ColorDepth?, offered: ColorDepth) -> ColorDepth {
    if let wanted { return min(wanted, offered) }
    if let off = environment("NO_COLOR"), !off.isEmpty { return .none }
    return offered
  }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
