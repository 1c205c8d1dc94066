// How the dashboard shall look, from what the user typed: theme, charset, colours.

import Glibc
import RunFolder
import TerminalCore

/// What is wrong with an option about looks, in one line.
package struct LooksError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String
}

/// Theme, charset and colours.
package struct Looks: Sendable {
  /// The themes to go through, with the one to begin with in use.
  package let themes: ThemeShelf
  /// The glyphs to use; what the terminal can show if `nil`.
  package let charset: Charset?
  /// The colours to use; what the terminal can show if `nil`.
  package let colorDepth: ColorDepth?

  /// Looks by the options of the command line; `nil` where an option is not given.
  ///
  /// No colours are used where the user wants none by `--mono` or by the variable `NO_COLOR`, whatever
  /// else is said.
  ///
  /// - Parameters:
  ///   - theme: a name, or the path of a theme file.
  ///   - charset: `braille`, `block` or `ascii`.
  ///   - color: `none`, `8`, `16`, `256` or `true`.
  ///   - refusesColor: whether `NO_COLOR` is set.
  package init(
    theme: String? = nil, charset: String? = nil, color: String? = nil,
    isMonochrome: Bool = false, refusesColor: Bool = hasNoColor
  ) throws(LooksError) {
    themes = try Self.themes(beginningWith: theme)
    self.charset = try charset.map { (name) throws(LooksError) in
      guard let known = Charset(rawValue: name) else {
        throw LooksError(
          description: "there is no charset '\(name)'; there are braille, block and ascii")
      }
      return known
    }
    let wanted = try color.map { (name) throws(LooksError) in try Self.depth(named: name) }
    colorDepth = isMonochrome || refusesColor ? ColorDepth.none : wanted
  }

  private static func depth(named name: String) throws(LooksError) -> ColorDepth {
    switch name {
    case "none": .none
    case "8": .eight
    case "16": .sixteen
    case "256": .indexed
    case "true": .trueColor
    default:
      throw LooksError(
        description: "there are no colours '\(name)'; there are none, 8, 16, 256 and true")
    }
  }

  private static func themes(beginningWith wanted: String?) throws(LooksError) -> ThemeShelf {
    var shelf = ThemeShelf(files: ThemeFile.all())
    guard let wanted else {
      // The user's own default takes the place of the built-in one.
      try shelf.use(0)
      return shelf
    }
    if wanted.contains("/") || wanted.hasSuffix(".theme") {
      try shelf.use(file: wanted)
    } else if try !shelf.use(named: wanted) {
      let names = BuiltInTheme.all.map(\.name).joined(separator: ", ")
      throw LooksError(
        description: "there is no theme '\(wanted)'; there are \(names), and files by their path")
    }
    return shelf
  }

  /// Whether the user's locale is one of UTF-8.
  package static var localeHasUnicode: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = environment(name) else { continue }
      let upper = value.uppercased()
      return upper.hasSuffix("UTF-8") || upper.hasSuffix("UTF8")
    }
    return false
  }

  /// The colours for text that goes to standard output: none for a file, a pipe or where the user
  /// wants none.
  package static var outputDepth: ColorDepth {
    if hasNoColor || isatty(STDOUT_FILENO) == 0 { return .none }
    switch Dashboard.environment("TERM") {
    case nil, "dumb": return .none
    case "linux": return .eight
    default: break
    }
    let direct = DirectColor.descriptions(isWanted: false, variable: Dashboard.environment)
    return direct.isEmpty ? .indexed : .trueColor
  }

  /// Whether the user wants no colours from any program (no-color.org).
  package static var hasNoColor: Bool { environment("NO_COLOR") != nil }
}

/// A variable of the environment that is set to something.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
