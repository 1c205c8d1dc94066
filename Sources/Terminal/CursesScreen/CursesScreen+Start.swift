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
  ///
  /// - Parameter wanted: the colours the user asked for; if `nil`, true colour is used where the
  ///   terminal says that it has it and a description of it is installed.
  static func start(wanted: ColorDepth?) -> (screen: OpaquePointer, note: String?)? {
    var missing: String?
    if wanted == .trueColor || (wanted == nil && !hasNoColor) {
      let isWanted = wanted == .trueColor
      for name in DirectColor.descriptions(isWanted: isWanted, variable: environment) {
        if let screen = nc_newterm(name) { return (screen, nil) }
      }
      if isWanted {
        missing = "true colour needs the terminal description xterm-direct (package ncurses-term)"
      }
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

  /// How many colours to use: none where `NO_COLOR` is set, else what is wanted as far as it is offered.
  static func depth(wanted: ColorDepth?, offered: ColorDepth) -> ColorDepth {
    if hasNoColor { return .none }
    return min(wanted ?? offered, offered)
  }

  /// Whether the user wants no colours from any program (no-color.org).
  private static var hasNoColor: Bool { environment("NO_COLOR").map { !$0.isEmpty } ?? false }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
