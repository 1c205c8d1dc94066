// Chains and judgements look different from each other in every theme.

import Testing

@testable import TerminalCore

@Suite("Colours that mean different things look different")
struct ColorDistanceTests {
  /// Pairs 1, 7, 9, 17 and 25 of the test data of Sharma, Wu and Dalal (2005), to four decimals.
  @Test("by CIEDE2000 as published")
  func published() {
    let pairs: [(Lab, Lab, Double)] = [
      (Lab(50, 2.6772, -79.7751), Lab(50, 0, -82.7485), 2.0425),
      (Lab(50, 0, 0), Lab(50, -1, 2), 2.3669),
      (Lab(50, 2.49, -0.001), Lab(50, -2.49, 0.0009), 7.1792),
      (Lab(50, 2.5, 0), Lab(73, 25, -18), 27.1492),
      (Lab(60.2574, -34.0099, 36.2677), Lab(60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for (left, right, expected) in pairs {
      #expect(abs(left.difference(from: right) - expected) < 5e-5)
      #expect(abs(right.difference(from: left) - expected) < 5e-5)
    }
  }

  @Test("The simulations leave greys as they are, and lose red against green")
  func simulations() {
    let (red, green) = (RGB(0xC04040), RGB(0x408040))
    for vision in ColorVision.allCases {
      let grey = Lab(RGB(0x808080), seenBy: vision)
      #expect(grey.difference(from: Lab(RGB(0x808080))) < 0.1)
    }
    let normal = leastDifference([red, green])
    #expect(leastDifference([red, green], seenBy: .deuteranopia) < normal / 2)
    #expect(leastDifference([red, green], seenBy: .tritanopia) > normal / 2)
  }

  static let colored = BuiltInTheme.all.filter { $0.kind != .monochrome }

  private func shown(_ role: ThemeRole, _ theme: Theme, _ depth: ColorDepth) -> RGB? {
    theme.resolve(Style(role), depth).foreground.color
  }

  @Test("the eight chains from each other, and from guide lines and faint text", arguments: colored)
  func chains(palette: BuiltInTheme) throws {
    let theme = palette.theme
    for (depth, least, leastFromGrey) in [
      (ColorDepth.trueColor, 15.0, 14.0), (.indexed, 10.0, 9.0),
    ] {
      let chains = try (1...8).map { try #require(shown(.chain(number: $0), theme, depth)) }
      let found = leastDifference(chains)
      #expect(found >= least, "\(palette.name) \(depth): \(found)")
      for role in [ThemeRole.grid, .muted] {
        let grey = try #require(shown(role, theme, depth))
        let nearest = chains.map { leastDifference([$0, grey]) }.min() ?? 0
        #expect(nearest >= leastFromGrey, "\(palette.name) \(depth) \(role): \(nearest)")
      }
    }
  }

  @Test("the judgements from each other", arguments: colored)
  func judgements(palette: BuiltInTheme) throws {
    for (depth, least) in [(ColorDepth.trueColor, 17.0), (.indexed, 14.0)] {
      let colors = try [ThemeRole.ok, .warning, .bad].map {
        try #require(shown($0, palette.theme, depth))
      }
      let found = leastDifference(colors)
      #expect(found >= least, "\(palette.name) \(depth): \(found)")
    }
  }

  @Test("for people who lack one kind of cone too, in the themes made for them")
  func colorBlind() throws {
    let palettes = BuiltInTheme.all.filter {
      [.darkColorBlind, .lightColorBlind].contains($0.kind)
    }
    #expect(palettes.count == 2)
    for palette in palettes {
      let chains = try (1...8).map {
        try #require(shown(.chain(number: $0), palette.theme, .trueColor))
      }
      let judgements = try [ThemeRole.ok, .warning, .bad].map {
        try #require(shown($0, palette.theme, .trueColor))
      }
      for vision in ColorVision.allCases {
        let (found, judged) = (
          leastDifference(chains, seenBy: vision), leastDifference(judgements, seenBy: vision)
        )
        #expect(found >= 11, "\(palette.name) \(vision): chains \(found)")
        #expect(judged >= 20, "\(palette.name) \(vision): judgements \(judged)")
      }
    }
  }
}
