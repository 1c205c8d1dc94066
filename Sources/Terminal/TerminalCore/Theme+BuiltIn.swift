// The palettes that the program has without any file; themes/ holds the same texts.

extension Theme {
  /// The palette for any terminal: its own background, and colours readable on black and on white.
  package static let standard = builtIn("default", standardThemeText)
  /// A palette with a dark background of its own.
  package static let dark = builtIn("dark", darkThemeText)
  /// A palette with a light background of its own.
  package static let light = builtIn("light", lightThemeText)

  /// The palettes that need no file, in the order in which they are offered.
  package static let builtIn: [Theme] = [standard, dark, light]

  /// The built-in palette for what a file leaves out, by the file's background.
  static func builtIn(suiting background: RGB?) -> Theme {
    guard let background else { return .standard }
    return background.luminance > 0.18 ? .light : .dark
  }

  private static func builtIn(_ name: String, _ text: String) -> Theme {
    do throws(ThemeError) {
      return try Theme(
        name: name, parsing: text, base: Theme(name: "", entries: [:], unusedKeys: [], base: nil))
    } catch {
      preconditionFailure("the built-in theme \(name) has an error in line \(error)")
    }
  }
}
