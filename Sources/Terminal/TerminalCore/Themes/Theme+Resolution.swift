// From roles to what a terminal of a given number of colours is told.

/// A colour as a terminal is told it.
package enum TerminalColor: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the terminal's 8, 16 or 256 numbered colours.
  case index(UInt8)
  case rgb(RGB)

  /// The colour as xterm paints it; `nil` for the terminal's own, which is unknown.
  package var color: RGB? {
    switch self {
    case .standard: nil
    case .index(let index): RGB.indexed(index)
    case .rgb(let rgb): rgb
    }
  }
}

extension ThemeEntry {
  /// The number of the colour among the sixteen; `nil` for the terminal's own.
  fileprivate var named: UInt8? {
    if let fallback {
      guard case .index(let index) = fallback else { return nil }
      return index
    }
    return color?.index16
  }
}

/// The looks of a cell as a terminal is told them.
package struct ResolvedStyle: Hashable, Sendable {
  package let foreground: TerminalColor
  package let background: TerminalColor
  package let attributes: TextAttributes

  /// The terminal's own looks.
  package static let plain = ResolvedStyle(
    foreground: .standard, background: .standard, attributes: [])

  /// The SGR escape sequence that sets these looks from any others.
  package var escapeSequence: String {
    var codes = ["0"]
    if attributes.contains(.bold) { codes.append("1") }
    if attributes.contains(.dim) { codes.append("2") }
    if attributes.contains(.underline) { codes.append("4") }
    if attributes.contains(.reverse) { codes.append("7") }
    codes += ResolvedStyle.codes(of: foreground, base: 30)
    codes += ResolvedStyle.codes(of: background, base: 40)
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func codes(of color: TerminalColor, base: Int) -> [String] {
    switch color {
    case .standard: []
    case .index(let index) where index < 8: ["\(base + Int(index))"]
    case .index(let index) where index < 16: ["\(base + 52 + Int(index))"]
    case .index(let index): ["\(base + 8);5;\(index)"]
    case .rgb(let rgb): ["\(base + 8);2;\(rgb.red);\(rgb.green);\(rgb.blue)"]
    }
  }
}

extension Theme {
  /// The looks of a style on a terminal of some depth of colour.
  package func resolve(_ style: Style, _ depth: ColorDepth) -> ResolvedStyle {
    guard depth > .none else {
      return ResolvedStyle(
        foreground: .standard, background: .standard,
        attributes: style.attributes.union(monochromeAttributes(of: style)))
    }
    let ground = entry(of: style.background)
    let background = groundColor(ground, depth)
    let ink = entry(of: style.foreground)
    var attributes = style.attributes.union(ink.attributes).union(ground.attributes)
    let foreground =
      style.foreground == .readable
      ? readable(on: background, depth, &attributes)
      : inkColor(ink, style.foreground, on: background, depth, &attributes)
    return ResolvedStyle(foreground: foreground, background: background, attributes: attributes)
  }

  private func groundColor(_ entry: ThemeEntry, _ depth: ColorDepth) -> TerminalColor {
    if depth <= .sixteen, let fallback = entry.fallback {
      guard case .index(let index) = fallback, depth == .eight else { return fallback }
      return .index(index & 7)
    }
    guard let color = entry.color else { return .standard }
    switch depth {
    case .none: return .standard
    case .eight: return .index(color.index8)
    case .sixteen: return .index(color.index16)
    case .indexed: return .index(color.index256)
    case .trueColor: return .rgb(color)
    }
  }

  /// The colour of an ink, moved as far as it must be to be read on its ground, whatever the theme says.
  private func inkColor(
    _ ink: ThemeEntry, _ role: ThemeRole, on background: TerminalColor, _ depth: ColorDepth,
    _ attributes: inout TextAttributes
  ) -> TerminalColor {
    let ground = background.color
    if depth <= .sixteen {
      guard let named = ink.named else {
        return readable(on: background, depth, &attributes)
      }
      // What the theme names for so few colours is its author's choice; what is only near is not.
      if ground == nil, ink.fallback == nil, RGB.indexed(named).contrast(on: nil) < 3.5 {
        return .standard
      }
      return namedColor(named, role, on: background, depth, &attributes)
    }
    guard let color = ink.color else { return readable(on: background, depth, &attributes) }
    let least = role.leastContrast
    let isOrdinaryText = role == .text || role == .selection
    if ground == nil, isOrdinaryText, color.contrast(on: nil) < least { return .standard }
    let legible = color.legible(on: ground, atLeast: least)
    guard depth == .indexed else { return .rgb(legible) }
    let least256 = ground == nil ? role.leastContrastOnUnknown256 : least
    return .index(legible.legibleIndex256(on: ground, atLeast: least256))
  }

  /// One of 8 or 16 named colours, as xterm paints them: if it cannot be read on its ground its bright
  /// or its dark twin, else black or white.
  ///
  /// Of eight colours the bright ones are had by bold, as on the Linux console and in xterm.
  private func namedColor(
    _ index: UInt8, _ role: ThemeRole, on background: TerminalColor, _ depth: ColorDepth,
    _ attributes: inout TextAttributes
  ) -> TerminalColor {
    if depth == .eight, index >= 8 { attributes.insert(.bold) }
    let plain = depth == .eight ? index & 7 : index
    guard let ground = background.color else { return .index(plain) }
    func isLegible(_ index: UInt8) -> Bool {
      RGB.indexed(index).contrast(with: ground) >= role.leastContrast
    }
    if depth == .sixteen {
      for candidate in [index, index ^ 8] where isLegible(candidate) { return .index(candidate) }
      return readable(on: background, depth, &attributes)
    }
    if background != .index(plain) {
      let isBold = attributes.contains(.bold)
      if isLegible(isBold ? plain | 8 : plain) { return .index(plain) }
      if isBold, isLegible(plain) {
        attributes.remove(.bold)
        return .index(plain)
      }
    }
    return readable(on: background, depth, &attributes)
  }

  /// Black or white, whichever stands out more; of eight colours black is not bold, for that may be grey.
  private func readable(
    on background: TerminalColor, _ depth: ColorDepth, _ attributes: inout TextAttributes
  ) -> TerminalColor {
    guard let ground = background.color else { return .standard }
    let (light, white): (TerminalColor, RGB) =
      switch depth {
      case .none: (.standard, .white)
      case .eight: (.index(7), .indexed(7))
      case .sixteen: (.index(15), .indexed(15))
      case .indexed: (.index(231), .white)
      case .trueColor: (.rgb(.white), .white)
      }
    let dark: TerminalColor =
      switch depth {
      case .none: .standard
      case .eight, .sixteen: .index(0)
      case .indexed: .index(16)
      case .trueColor: .rgb(.black)
      }
    guard ground.contrast(with: .black) >= ground.contrast(with: white) else { return light }
    if depth == .eight { attributes.remove(.bold) }
    return dark
  }

  /// What stands for colour where there is none.
  private func monochromeAttributes(of style: Style) -> TextAttributes {
    var attributes: TextAttributes = []
    switch style.foreground {
    case .title, .heading, .borderFocused, .accent, .key, .warning, .bad: attributes.insert(.bold)
    case .muted, .grid, .barEmpty: attributes.insert(.dim)
    default: break
    }
    if style.background == .selectionBackground { attributes.insert(.reverse) }
    return attributes
  }
}
