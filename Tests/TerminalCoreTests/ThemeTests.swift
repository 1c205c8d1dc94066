// Theme files: their grammar, what they leave out, and whether their colours can be read.

import Foundation
import Testing

@testable import TerminalCore

@Suite("A theme file in btop's grammar is a palette")
struct ThemeParsingTests {
  @Test("with hexadecimal, grey, decimal and empty values, fallbacks and attributes")
  func values() throws {
    let theme = try Theme(
      name: "own",
      parsing: """
        # a comment
        theme[main_bg]=""
          theme[title]="#d33682 red bold"   # after it
        theme[inactive_fg]="#7f"
        theme[ok]='0 128 255'
        theme[bad]="#ff0000 underline reverse"
        theme[hi_fg]=#00ff00
        theme[warn]="#aa00aa bright-magenta"
        theme[cpu_box]="#123456"

        """)
    #expect(theme.entry(.mainBackground) == ThemeEntry())
    #expect(theme.entry(.title) == ThemeEntry(RGB(0xD33682), fallback: .index(1), .bold))
    #expect(theme.entry(.inactive).color == RGB(127, 127, 127))
    #expect(theme.entry(.ok).color == RGB(0, 128, 255))
    #expect(theme.entry(.bad).attributes == [.underline, .reverse])
    #expect(theme.entry(.warning).fallback == .index(13))
    #expect(theme.entry(.highlight).color == RGB(0, 255, 0))
    #expect(theme.unusedKeys == ["cpu_box"])
  }

  @Test(
    "or an error with its line",
    arguments: [
      ("theme[title]=\"#12345\"", "1: #12345 is not #rrggbb or #gg"),
      ("# x\ntheme[ok]=\"1 2\"", "2: 1 2 is not three numbers from 0 to 255"),
      ("\n\ntheme[ok]=\"1 2 300\"", "3: 1 2 300 is not three numbers from 0 to 255"),
      ("title = red", "1: expected theme[key]=\"value\", found title = red"),
      ("theme[ok] \"#00\"", "1: expected = after theme[ok]"),
      ("theme[ok]=\"#00", "1: the value of ok has no closing quote"),
      ("theme[ok]=\"#00\" x", "1: unexpected x after the value of ok"),
      (
        "theme[ok]=\"#00 purple\"",
        "1: purple is neither one of default black red green yellow blue magenta cyan white nor an attribute"
      ),
    ])
  func errors(text: String, message: String) {
    #expect {
      _ = try Theme(name: "x", parsing: text)
    } throws: {
      "\($0)" == message
    }
  }

  @Test("A theme written for btop lends its colours to what btop does not have")
  func standIns() throws {
    let theme = try Theme(
      name: "btop",
      parsing: """
        theme[main_bg]="#fafafa"
        theme[div_line]="#bbbbbb"
        theme[hi_fg]="#0000aa"
        theme[title]="#111111"
        theme[graph_text]="#666666"
        """)
    #expect(theme.entry(of: .border).color == RGB(0xBBBBBB))
    #expect(theme.entry(of: .borderFocused).color == RGB(0x0000AA))
    #expect(theme.entry(of: .heading).color == RGB(0x111111))
    #expect(theme.entry(of: .axis).color == RGB(0x666666))
    #expect(theme.entry(of: .plotArea).color == RGB(0xFAFAFA))
    // On its light ground, what it lacks comes from the light palette.
    #expect(theme.entry(of: .bad) == Theme.light.entry(of: .bad))
  }
}

@Suite("The palettes that come with the program")
struct BuiltInThemeTests {
  @Test("are the files in themes/, and there are no others")
  func files() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../themes")
    for palette in BuiltInTheme.all {
      let text = try String(
        contentsOf: folder.appending(path: "\(palette.name).theme"), encoding: .utf8)
      #expect(palette.text == text, "\(palette.name)")
    }
    let found = try FileManager.default.contentsOfDirectory(atPath: folder.path())
      .filter { $0.hasSuffix(".theme") }
    #expect(Set(found) == Set(BuiltInTheme.all.map { $0.name + ".theme" }))
  }

  @Test("are many, of every kind, and their kinds fit their backgrounds")
  func kinds() {
    #expect(BuiltInTheme.all.count >= 12)
    #expect(Set(BuiltInTheme.all.map(\.name)).count == BuiltInTheme.all.count)
    #expect(Set(BuiltInTheme.all.map(\.kind)) == Set(ThemeKind.allCases))
    for palette in BuiltInTheme.all {
      switch palette.kind {
      case .anyBackground, .monochrome: #expect(palette.theme.kind == .anyBackground)
      case .dark, .darkHighContrast, .darkColorBlind: #expect(palette.theme.kind == .dark)
      case .light, .lightHighContrast, .lightColorBlind: #expect(palette.theme.kind == .light)
      }
    }
  }

  @Test("have an entry for every key and none that means nothing", arguments: Theme.builtIn)
  func complete(theme: Theme) {
    #expect(theme.missingKeys.isEmpty)
    #expect(theme.unusedKeys.isEmpty)
  }

  @Test("tell the first chains apart with eight colours too", arguments: Theme.builtIn)
  func chains(theme: Theme) {
    guard theme.name != "monochrome" else { return }
    let named = (1...4).map { theme.entry(of: .chain(number: $0)).fallback }
    #expect(Set(named).count == 4)
  }
}

@Suite("A style becomes what the terminal can show")
struct ThemeResolutionTests {
  private let style = Style(.bad, on: .background)

  @Test("at every depth of colour")
  func depths() {
    let theme = Theme.standard
    #expect(theme.resolve(style, .none).foreground == .standard)
    #expect(theme.resolve(style, .none).attributes == .bold)
    #expect(theme.resolve(style, .eight).foreground == .index(1))
    #expect(theme.resolve(style, .indexed).foreground == .index(161))
    #expect(theme.resolve(style, .trueColor).foreground == .rgb(RGB(0xDA315A)))
    #expect(theme.resolve(.plain, .trueColor) == .plain)
  }

  @Test("and without colour a selection is reversed, a title bold, a hint dim")
  func mono() {
    #expect(Theme.dark.resolve(.selected, .none).attributes == .reverse)
    #expect(Theme.dark.resolve(Style(.title), .none).attributes == .bold)
    #expect(Theme.dark.resolve(Style(.muted), .none).attributes == .dim)
  }

  @Test("A colour becomes the nearest of the cube or of the greys")
  func quantises() {
    #expect(RGB(0x000000).index256 == 16)
    #expect(RGB(0xFFFFFF).index256 == 231)
    #expect(RGB(0xFF0000).index256 == 196)
    #expect(RGB(0x5F87AF).index256 == 67)
    #expect(RGB(0x808080).index256 == 244)
    #expect(RGB(0x00FF00).index16 == 10)
    #expect(RGB(0xCD0000).index8 == 1)
    // By hand: the slow search over all 240 colours finds nothing nearer.
    for value in stride(from: UInt32(0), to: 0xFFFFFF, by: 70001) {
      let color = RGB(value)
      #expect(
        distance(color, color.index256) == (16...255).map { distance(color, UInt8($0)) }.min())
    }
  }

  private func distance(_ color: RGB, _ index: UInt8) -> Int {
    let levels = [0, 95, 135, 175, 215, 255]
    let place = Int(index) - 16
    let (r, g, b) =
      index >= 232
      ? (8 + (Int(index) - 232) * 10, 8 + (Int(index) - 232) * 10, 8 + (Int(index) - 232) * 10)
      : (levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    let (x, y, z) = (r - Int(color.red), g - Int(color.green), b - Int(color.blue))
    return x * x + y * y + z * z
  }

  @Test("Contrast is 21 between black and white")
  func contrastEnds() {
    #expect(abs(RGB(0).contrast(with: RGB(0xFFFFFF)) - 21) < 1e-9)
    #expect(abs(RGB(0x767676).contrast(with: RGB(0xFFFFFF)) - 4.54) < 0.005)
  }

  @Test("A frame with escape sequences ends each line in the terminal's own looks")
  func ansi() {
    var grid = CellBuffer(size: Size(columns: 8, rows: 2))
    grid.write("R", at: .zero, Style(.bad))
    grid.write("ok", at: Point(column: 2, row: 0))
    grid.write("日", at: Point(column: 0, row: 1), .selected)
    #expect(
      grid.asANSI(.standard, depth: .indexed)
        == "\u{1B}[0;1;38;5;161mR\u{1B}[0m ok\n\u{1B}[0;7m日\u{1B}[0m")
    #expect(grid.asANSI(.standard, depth: .eight).hasPrefix("\u{1B}[0;1;31mR"))
    #expect(grid.asANSI(.standard, depth: .trueColor).hasPrefix("\u{1B}[0;1;38;2;218;49;90mR"))
  }
}
