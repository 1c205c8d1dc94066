// A palette: which colour and which attributes each role has.

/// What a theme says about one key: a colour, what stands for it among eight colours, attributes.
package struct ThemeEntry: Hashable, Sendable {
  /// The colour; `nil` is the terminal's own.
  package var color: RGB?
  /// The colour's stand-in where there are only 8 or 16; found by distance if not given.
  package var fallback: TerminalColor?
  package var attributes: TextAttributes

  /// An entry; by itself the terminal's own colour.
  package init(
    _ color: RGB? = nil, fallback: TerminalColor? = nil, _ attributes: TextAttributes = []
  ) {
    self.color = color
    self.fallback = fallback
    self.attributes = attributes
  }
}

/// A palette by the keys of theme files.
package struct Theme: Hashable, Sendable {
  /// The name, by which users choose it.
  package let name: String
  /// Keys of the file that mean nothing here, as btop's boxes; in the order of the file.
  package let unusedKeys: [String]
  private let entries: [ThemeKey: ThemeEntry]

  /// A theme made of entries; a key without one takes the next in its line of stand-ins, then what
  /// `base` says.
  init(
    name: String, entries own: [ThemeKey: ThemeEntry], unusedKeys: [String], base: Theme?
  ) {
    self.name = name
    self.unusedKeys = unusedKeys
    var all: [ThemeKey: ThemeEntry] = [:]
    for key in ThemeKey.allCases {
      let found = own[key] ?? key.standIns.lazy.compactMap { own[$0] }.first
      all[key] = found ?? base?.entries[key]
    }
    entries = all
  }

  /// What the theme says about a key; the terminal's own colour if nothing.
  package func entry(_ key: ThemeKey) -> ThemeEntry { entries[key] ?? ThemeEntry() }

  /// The keys that neither the file nor what it falls back on has an entry for.
  package var missingKeys: [ThemeKey] { ThemeKey.allCases.filter { entries[$0] == nil } }

  /// The entry of a role; scales are mixed from their ends and middle.
  package func entry(of role: ThemeRole) -> ThemeEntry {
    switch role {
    case .background: entry(.mainBackground)
    case .text: entry(.mainForeground)
    case .muted: entry(.inactive)
    case .title: entry(.title)
    case .heading: entry(.heading)
    case .border: entry(.border)
    case .borderFocused: entry(.borderFocused)
    case .selection: entry(.selectedForeground)
    case .selectionBackground: entry(.selectedBackground)
    case .accent: entry(.highlight)
    case .key: entry(.keyName)
    case .axis: entry(.axis)
    case .grid: entry(.grid)
    case .plotArea: entry(.plotBackground)
    case .warmup: entry(.warmupBackground)
    case .barFilled: entry(.barFilled)
    case .barEmpty: entry(.barEmpty)
    case .ok: entry(.ok)
    case .warning: entry(.warning)
    case .bad: entry(.bad)
    case .chain(let number): entry(ThemeKey.chains[(Int(number) + 7) % 8])
    case .correlationStep(let step):
      scale(
        Double(step) / 200 + 0.5, entry(.correlationNegative), entry(.correlationMiddle),
        entry(.correlationPositive))
    case .severityStep(let step):
      scale(Double(step) / 100, entry(.severityStart), entry(.severityMiddle), entry(.severityEnd))
    case .readable: entry(.mainForeground)
    }
  }

  /// A colour of a scale of three; where the middle is the terminal's own, weak values have that.
  private func scale(
    _ position: Double, _ start: ThemeEntry, _ middle: ThemeEntry, _ end: ThemeEntry
  ) -> ThemeEntry {
    let side = position < 0.5 ? start : end
    let strength = abs(position - 0.5) * 2
    // With few colours a scale has three steps; the ends begin at a quarter of the way.
    let nearest = strength < 0.25 ? middle : side
    guard let far = side.color, let near = middle.color else {
      return strength < 0.05 ? middle : ThemeEntry(side.color, fallback: nearest.fallback)
    }
    return ThemeEntry(
      near.mixed(with: far, strength), fallback: nearest.fallback, nearest.attributes)
  }
}

/// The keys of theme files: btop's first, then those added here.
package enum ThemeKey: String, CaseIterable, Hashable, Sendable {
  case mainBackground = "main_bg"
  case mainForeground = "main_fg"
  case title
  case highlight = "hi_fg"
  case selectedBackground = "selected_bg"
  case selectedForeground = "selected_fg"
  case inactive = "inactive_fg"
  case graphText = "graph_text"
  case barEmpty = "meter_bg"
  case divider = "div_line"
  case severityStart = "temp_start"
  case severityMiddle = "temp_mid"
  case severityEnd = "temp_end"
  case heading, border
  case borderFocused = "border_focused"
  case keyName = "key"
  case axis, grid
  case plotBackground = "plot_bg"
  case warmupBackground = "warmup_bg"
  case barFilled = "bar_filled"
  case ok
  case warning = "warn"
  case bad
  case chain1, chain2, chain3, chain4, chain5, chain6, chain7, chain8
  case correlationNegative = "corr_neg"
  case correlationMiddle = "corr_mid"
  case correlationPositive = "corr_pos"

  /// The colours of chains in order.
  package static let chains: [ThemeKey] = [
    .chain1, .chain2, .chain3, .chain4, .chain5, .chain6, .chain7, .chain8,
  ]

  /// Keys whose entry serves when a file, such as one of btop's, lacks this one.
  var standIns: [ThemeKey] {
    switch self {
    case .heading: [.title]
    case .border, .grid: [.divider]
    case .borderFocused, .keyName, .barFilled: [.highlight]
    case .axis: [.graphText, .inactive]
    case .graphText: [.inactive]
    case .divider: [.border]
    case .plotBackground: [.mainBackground]
    case .warmupBackground: [.barEmpty]
    default: []
    }
  }
}
