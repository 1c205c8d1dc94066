// The built-in palettes as themes.

extension Theme {
  /// The palette for any terminal: its own background, and colours readable on black and on white.
  package static let standard = builtIn(named: "default")
  /// A palette with a dark background of its own.
  package static let dark = builtIn(named: "dark")
  /// A palette with a light background of its own.
  package static let light = builtIn(named: "light")

  /// The palettes that need no file, in the order in which they are offered.
  package static let builtIn: [Theme] = BuiltInTheme.all.map(\.theme)

  /// The built-in palette for what a file leaves out, by the file's background.
  static func builtIn(suiting background: RGB?) -> Theme {
    guard let background else { return .standard }
    return background.luminance > 0.18 ? .light : .dark
  }

  /// What the palette is made for, as far as its background tells.
  package var kind: ThemeKind {
    guard let ground = entry(.mainBackground).color else { return .anyBackground }
    return ground.luminance > 0.18 ? .light : .dark
  }

  private static func builtIn(named name: String) -> Theme {
    guard let found = BuiltInTheme.all.first(where: { $0.name == name }) else {
      preconditionFailure("there is no built-in theme \(name)")
    }
    return builtIn(found)
  }

  /// A built-in palette from its text; nothing is taken from another one.
  static func builtIn(_ palette: BuiltInTheme) -> Theme {
    do throws(ThemeError) {
      return try Theme(
        name: palette.name, parsing: palette.text,
        base: Theme(name: "", entries: [:], unusedKeys: [], base: nil))
    } catch {
      preconditionFailure("the built-in theme \(palette.name) has an error in line \(error)")
    }
  }
}
