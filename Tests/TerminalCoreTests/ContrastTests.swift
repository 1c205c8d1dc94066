// Every style of every theme can be read, at every depth of colour.

import Testing

@testable import TerminalCore

/// Themes as others may have written them for btop, some hard to read; made up for these tests.
enum ForeignThemes {
  static let texts: [(name: String, text: String)] = [
    (
      "fog: grey on grey",
      """
      theme[main_bg]="#808080"
      theme[main_fg]="#909090"
      theme[title]="#8a8a8a"
      theme[hi_fg]="#7a7f86"
      theme[selected_bg]="#888888"
      theme[selected_fg]="#8f8f8f"
      theme[inactive_fg]="#84"
      theme[div_line]="#828282"
      theme[meter_bg]="#7e7e7e"
      theme[temp_start]="#7f8f7f"
      theme[temp_end]="#8f7f7f"
      """
    ),
    (
      "cellar: dark on dark",
      """
      theme[main_bg]="#101418"
      theme[main_fg]="#3a4048"
      theme[title]="#222a33"
      theme[hi_fg]="16 32 64"
      theme[selected_bg]="#14181d"
      theme[selected_fg]="#2a3038"
      theme[inactive_fg]="#1a1e22"
      theme[graph_text]="#20262c"
      theme[div_line]="#14191e"
      theme[cpu_box]="#333333"
      """
    ),
    (
      "snow: light on light",
      """
      theme[main_bg]="#fefefe"
      theme[main_fg]="#d8d8d8"
      theme[title]="#ffe680"
      theme[hi_fg]="#b8ffb8"
      theme[selected_bg]="#fff4c0"
      theme[selected_fg]="#ffffff"
      theme[inactive_fg]="#eeeeee"
      theme[div_line]="#f4f4f4"
      theme[temp_start]="#c0ffc0"
      theme[temp_mid]="#ffffa0"
      theme[temp_end]="#ffd0d0"
      """
    ),
    (
      "glass: for a dark terminal, without a background",
      """
      theme[main_bg]=""
      theme[main_fg]="#f8f8f2"
      theme[title]="#ffffff"
      theme[hi_fg]="#50fa7b"
      theme[selected_bg]="#ffb86c"
      theme[selected_fg]="#f8f8f2"
      theme[inactive_fg]="#222222"
      theme[div_line]="#101010"
      theme[graph_text]="#eeee11"
      """
    ),
    ("empty", ""),
  ]

  static let all: [Theme] = texts.map { name, text in
    do throws(ThemeError) { return try Theme(name: name, parsing: text) } catch {
      preconditionFailure("\(name): \(error)")
    }
  }
}

@Suite("Every pair of colours that can meet in a cell can be told apart (WCAG 2.1)")
struct ContrastTests {
  static let inks: [ThemeRole] =
    plainInks + [.selection, .readable]
    + stride(from: 0, through: 100, by: 5).map { .severityStep(Int8($0)) }
  /// Those that stand on the ordinary ground and are written in the file as they are.
  static let plainInks: [ThemeRole] =
    [
      .text, .muted, .title, .heading, .border, .borderFocused, .accent, .key, .axis,
      .grid, .barFilled, .barEmpty, .ok, .warning, .bad,
    ] + (1...8).map { .chain($0) }
  static let grounds: [ThemeRole] = [.background, .selectionBackground, .plotArea, .warmup]
  static let steps: [ThemeRole] =
    (-100...100).map { .correlationStep(Int8($0)) } + (0...100).map { .severityStep(Int8($0)) }

  @Test("whatever the theme says", arguments: Theme.builtIn + ForeignThemes.all)
  func pairs(theme: Theme) {
    for depth in [ColorDepth.trueColor, .indexed, .sixteen, .eight] {
      var worst: [String] = []
      for ground in Self.grounds {
        for ink in Self.inks { check(Style(ink, on: ground), theme, depth, &worst) }
        if depth == .eight {
          for ink in Self.inks { check(Style(ink, on: ground, .bold), theme, depth, &worst) }
        }
      }
      for ground in Self.steps { check(Style(.readable, on: ground), theme, depth, &worst) }
      #expect(worst.isEmpty, "\(theme.name) \(depth): \(worst.prefix(8))")
    }
  }

  private func check(
    _ style: Style, _ theme: Theme, _ depth: ColorDepth, _ failures: inout [String]
  ) {
    let looks = theme.resolve(style, depth)
    guard let ink = painted(looks.foreground, looks.attributes, depth) else {
      // The terminal's own colour can be read on the terminal's own ground, and on no other.
      if looks.background != .standard { failures.append("\(style): own ink on a ground") }
      return
    }
    let ground = painted(looks.background, [], depth)
    var least = style.foreground.leastContrast
    if ground == nil {
      switch depth {
      case .indexed: least = style.foreground.leastContrastOnUnknown256
      case .eight, .sixteen:
        // The terminal's palette is its user's; with xterm's, and so few colours, this much is had.
        if case .chain(let number) = style.foreground, number > 4 { return }
        least = min(least, 3)
      default: break
      }
    }
    // Black has 4.48 on the magenta of eight colours, white less.
    if depth <= .sixteen { least = min(least, 4.45) }
    let ratio = ink.contrast(on: ground)
    if ratio < least { failures.append("\(style.foreground) on \(style.background): \(ratio)") }
  }

  /// A colour as xterm paints it; of eight colours the bold ones are bright.
  private func painted(
    _ color: TerminalColor, _ attributes: TextAttributes, _ depth: ColorDepth
  ) -> RGB? {
    if depth == .eight, case .index(let index) = color, index < 8, attributes.contains(.bold) {
      return RGB.indexed(index | 8)
    }
    return color.color
  }

  @Test("without help in our own themes: the colours as written", arguments: Theme.builtIn)
  func asWritten(theme: Theme) {
    for ground in [ThemeRole.background, .plotArea, .warmup] {
      for ink in Self.plainInks {
        guard let color = theme.entry(of: ink).color else { continue }
        let ratio = color.contrast(on: theme.entry(of: ground).color)
        #expect(ratio >= ink.leastContrast, "\(theme.name) \(ink) on \(ground): \(ratio)")
      }
    }
  }

  @Test("to 7 to 1 in the themes of high contrast (level AAA)")
  func high() {
    for palette in BuiltInTheme.all
    where [.darkHighContrast, .lightHighContrast].contains(palette.kind) {
      let theme = palette.theme
      for ground in Self.grounds {
        for ink in Self.plainInks where ink.leastContrast == 4.5 && ground != .selectionBackground {
          let looks = theme.resolve(Style(ink, on: ground), .trueColor)
          let ratio = looks.foreground.color?.contrast(on: looks.background.color) ?? 0
          #expect(ratio >= 7, "\(palette.name) \(ink) on \(ground): \(ratio)")
        }
      }
    }
  }

  @Test("and a colour is moved no further than it must")
  func movesLittle() {
    let grey = RGB(0x606060)
    let moved = grey.legible(on: .black, atLeast: 4.5)
    #expect(moved.contrast(with: .black) >= 4.5)
    #expect(RGB(moved.red - 2, moved.green - 2, moved.blue - 2).contrast(with: .black) < 4.5)
    #expect(RGB(0xFF0000).legible(on: .black, atLeast: 4.5) == RGB(0xFF0000))
    let both = RGB(0xFFD000).legible(on: nil, atLeast: 4.5)
    #expect(both.contrast(with: .black) >= 4.5 && both.contrast(with: .white) >= 4.5)
    // No colour stands out 7 to 1 from black and from white: the best is 4.58.
    #expect(abs(RGB(0xFFFFFF).legible(on: nil, atLeast: 7).contrast(on: nil) - 4.58) < 0.06)
  }

  @Test("Only six of the fixed colours can be read on black and on white at 4.5, 23 at 4")
  func scarce() {
    let ratios = (16...255).map { RGB.indexed(UInt8($0)).contrast(on: nil) }
    #expect(ratios.count { $0 >= 4.5 } == 6)
    #expect(ratios.count { $0 >= 4 } == 23)
  }
}
