// How a cell looks: roles for its colours, and attributes.

/// Attributes that every terminal has, with or without colours.
package struct TextAttributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  /// The attributes whose bits are set.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = TextAttributes(rawValue: 1)
  package static let dim = TextAttributes(rawValue: 2)
  package static let reverse = TextAttributes(rawValue: 4)
  package static let underline = TextAttributes(rawValue: 8)
}

/// How a cell looks, in terms of roles.
package struct Style: Hashable, Sendable {
  package var foreground: ThemeRole
  package var background: ThemeRole
  package var attributes: TextAttributes

  /// A style; ordinary text on the ordinary background unless said otherwise.
  package init(
    _ foreground: ThemeRole = .text, on background: ThemeRole = .background,
    _ attributes: TextAttributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// Ordinary text.
  package static let plain = Style()

  /// The selected row of a list.
  package static let selected = Style(.selection, on: .selectionBackground)

  /// The same style in bold.
  package var bold: Style { Style(foreground, on: background, attributes.union(.bold)) }
  /// The same style, fainter.
  package var dim: Style { Style(foreground, on: background, attributes.union(.dim)) }
  /// The same style with foreground and background exchanged.
  package var reversed: Style { Style(foreground, on: background, attributes.union(.reverse)) }
  /// The same style, underlined.
  package var underlined: Style { Style(foreground, on: background, attributes.union(.underline)) }

  /// The same style on another background.
  package func on(_ role: ThemeRole) -> Style { Style(foreground, on: role, attributes) }
}
