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
  /// The themes to go through; the first is the one to begin with.
  package let themes: [Theme]
  /// The glyphs to use; what the terminal can show if `nil`.
  package let charset: Charset?
  /// The colours to use; what the terminal can show if `nil`.
  package let colorDepth: ColorDepth?

  /// Looks by the options of the command line; `nil` where an option is not given.
  ///
  /// - Parameters:
  ///   - theme: a name, or the path of a theme file.
  ///   - charset: `braille`, `block` or `ascii`.
  ///   - color: `none`, `8`, `16`, `256` or `true`.
  package init(
    theme: String? = nil, charset: String? = nil, color: String? = nil, isMonochrome: Bool = false
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
    colorDepth = isMonochrome ? ColorDepth.none : wanted
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

  private static func themes(beginningWith wanted: String?) throws(LooksError) -> [Theme] {
    guard let wanted else { return Theme.builtIn }
    if wanted.contains("/") || wanted.hasSuffix(".theme") {
      return [try ThemeFile.read(wanted)] + Theme.builtIn
    }
    if let index = Theme.builtIn.firstIndex(where: { $0.name == wanted.lowercased() }) {
      return Array(Theme.builtIn[index...] + Theme.builtIn[..<index])
    }
    if let path = ThemeFile.find(wanted) { return [try ThemeFile.read(path)] + Theme.builtIn }
    let names = Theme.builtIn.map(\.name).joined(separator: ", ")
    throw LooksError(
      description: "there is no theme '\(wanted)'; there are \(names), and files by their path")
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
    if environment("NO_COLOR") != nil || isatty(STDOUT_FILENO) == 0 { return .none }
    return .indexed
  }
}

/// A variable of the environment that is set to something.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
