// From roles to what a terminal of a given number of colours is told.

/// A colour as a terminal is told it.
package enum TerminalColor: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the terminal's 8, 16 or 256 numbered colours.
  case index(UInt8)
  case rgb(RGB)
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
    let background = terminalColor(ground, depth)
    let ink = entry(of: style.foreground)
    let foreground =
      style.foreground == .readable
      ? readable(on: background, ground, depth) : terminalColor(ink, depth)
    return ResolvedStyle(
      foreground: foreground, background: background,
      attributes: style.attributes.union(ink.attributes).union(ground.attributes))
  }

  private func terminalColor(_ entry: ThemeEntry, _ depth: ColorDepth) -> TerminalColor {
    if depth <= .sixteen, let fallback = entry.fallback { return fallback }
    guard let color = entry.color else { return .standard }
    switch depth {
    case .none: return .standard
    case .eight: return .index(color.index8)
    case .sixteen: return .index(color.index16)
    case .indexed: return .index(color.index256)
    case .trueColor: return .rgb(color)
    }
  }

  private func readable(
    on background: TerminalColor, _ ground: ThemeEntry, _ depth: ColorDepth
  ) -> TerminalColor {
    let color: RGB
    switch background {
    case .standard: return terminalColor(entry(.mainForeground), depth)
    case .index(let index) where index < 16:
      // Black can be read on green, yellow, cyan and white, however they are painted.
      return .index([2, 3, 6, 7].contains(index & 7) ? 0 : 7)
    case .index: color = ground.color ?? RGB(0)
    case .rgb(let rgb): color = rgb
    }
    let (black, white) = (RGB(0), RGB(0xFFFFFF))
    let best = color.contrast(with: black) >= color.contrast(with: white) ? black : white
    return terminalColor(ThemeEntry(best), depth)
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
