// The palettes that the program has without any file: their names, kinds and texts, in order.

/// The texts of the built-in palettes.
enum ThemeTexts {}

/// What a palette is made for, as the list of themes says it.
package enum ThemeKind: String, CaseIterable, Hashable, Sendable {
  case anyBackground = "any background"
  case monochrome
  case dark
  case light
  case darkHighContrast = "dark, high contrast"
  case lightHighContrast = "light, high contrast"
  case darkColorBlind = "dark, colour-blind safe"
  case lightColorBlind = "light, colour-blind safe"
}

/// A palette that needs no file; its text is read when it is first used.
package struct BuiltInTheme: Hashable, Sendable {
  package let name: String
  package let kind: ThemeKind
  /// The same text as in themes/.
  package let text: String

  /// All of them, in the order in which they are offered.
  package static let all: [BuiltInTheme] = [
    BuiltInTheme(name: "default", kind: .anyBackground, text: ThemeTexts.standard),
    BuiltInTheme(name: "dark", kind: .dark, text: ThemeTexts.dark),
    BuiltInTheme(name: "light", kind: .light, text: ThemeTexts.light),
    BuiltInTheme(
      name: "contrast-dark", kind: .darkHighContrast, text: ThemeTexts.contrastDark),
    BuiltInTheme(
      name: "contrast-light", kind: .lightHighContrast, text: ThemeTexts.contrastLight),
    BuiltInTheme(
      name: "colorblind-dark", kind: .darkColorBlind, text: ThemeTexts.colorblindDark),
    BuiltInTheme(
      name: "colorblind-light", kind: .lightColorBlind, text: ThemeTexts.colorblindLight),
    BuiltInTheme(name: "monochrome", kind: .monochrome, text: ThemeTexts.monochrome),
    BuiltInTheme(name: "frost", kind: .dark, text: ThemeTexts.frost),
    BuiltInTheme(name: "lagoon", kind: .dark, text: ThemeTexts.lagoon),
    BuiltInTheme(name: "midnight", kind: .dark, text: ThemeTexts.midnight),
    BuiltInTheme(name: "ember", kind: .dark, text: ThemeTexts.ember),
    BuiltInTheme(name: "forest", kind: .dark, text: ThemeTexts.forest),
    BuiltInTheme(name: "rose", kind: .dark, text: ThemeTexts.rose),
    BuiltInTheme(name: "dusk", kind: .dark, text: ThemeTexts.dusk),
    BuiltInTheme(name: "velvet", kind: .dark, text: ThemeTexts.velvet),
    BuiltInTheme(name: "parchment", kind: .light, text: ThemeTexts.parchment),
    BuiltInTheme(name: "daybreak", kind: .light, text: ThemeTexts.daybreak),
  ]

  /// The palette itself.
  package var theme: Theme {
    switch name {
    case "default": .standard
    case "dark": .dark
    case "light": .light
    default: Theme.builtIn(self)
    }
  }
}
