// The list of themes: moving in it, filtering it, keeping a theme or going back to the old one.

import TerminalCore

/// The list of themes while one is being chosen; the theme under the cursor is in use at once.
package struct ThemeChooser: Equatable {
  /// What came of a key.
  enum Outcome { case goesOn, kept, restored }

  /// Words that names, kinds or origins must hold.
  package private(set) var filter = LineEditor()
  /// Whether the filter is being typed.
  package private(set) var isTyping = false
  /// The place of the theme that comes back with Escape.
  package let original: Int
  /// The place of the theme under the cursor; `nil` where none passes the filter.
  package private(set) var selected: Int?

  /// A list with the cursor on the theme in use.
  package init(_ themes: ThemeShelf) {
    original = themes.index
    selected = themes.index
  }

  /// The places of the themes that pass the filter.
  package func places(in themes: ThemeShelf) -> [Int] {
    let words = filter.text.lowercased().split(separator: " ")
    return themes.entries.indices.filter { place in
      let text = ThemeChooser.words(themes.entries[place]).joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// The name of a theme, what it is made for, and where it comes from.
  static func words(_ entry: ThemeShelf.Entry) -> [String] {
    [
      entry.name, entry.problem == nil ? entry.kind?.rawValue ?? "" : "cannot be read",
      entry.origin == .builtIn ? "" : entry.origin.rawValue,
    ]
  }

  /// Obeys a key, and puts the theme under the cursor in use.
  mutating func handle(_ key: KeyEvent, _ themes: inout ThemeShelf) -> Outcome {
    if isTyping { return type(key, &themes) }
    let places = places(in: themes)
    let now = selected.flatMap { places.firstIndex(of: $0) } ?? 0
    switch key {
    case .down, .character("j"), .character("t"), .tab: go(to: now + 1, of: places, &themes)
    case .up, .character("k"), .backTab: go(to: now - 1, of: places, &themes)
    case .pageDown, .control("d"), .character(" "): go(to: now + 10, of: places, &themes)
    case .pageUp, .control("u"): go(to: now - 10, of: places, &themes)
    case .home, .character("g"): go(to: 0, of: places, &themes)
    case .end, .character("G"): go(to: places.count - 1, of: places, &themes)
    case .character("/"): isTyping = true
    case .enter: return selected == nil ? restore(&themes) : .kept
    case .escape where !filter.text.isEmpty:
      filter = LineEditor()
      select(selected ?? original, &themes)
    case .escape, .character("q"), .character("T"): return restore(&themes)
    default: break
    }
    return .goesOn
  }

  private mutating func type(_ key: KeyEvent, _ themes: inout ThemeShelf) -> Outcome {
    switch key {
    case .enter: isTyping = false
    case .escape:
      isTyping = false
      filter = LineEditor()
    case .backspace where filter.text.isEmpty: isTyping = false
    case .down: go(by: 1, &themes)
    case .up: go(by: -1, &themes)
    default:
      guard filter.handle(key) else { return .goesOn }
      let places = places(in: themes)
      if selected.map(places.contains) ?? false { return .goesOn }
      selected = nil
      if let first = places.first { select(first, &themes) }
    }
    return .goesOn
  }

  private mutating func go(by step: Int, _ themes: inout ThemeShelf) {
    let places = places(in: themes)
    let now = selected.flatMap { places.firstIndex(of: $0) } ?? 0
    go(to: now + step, of: places, &themes)
  }

  private mutating func go(to row: Int, of places: [Int], _ themes: inout ThemeShelf) {
    guard !places.isEmpty else { return }
    select(places[min(max(0, row), places.count - 1)], &themes)
  }

  private mutating func select(_ place: Int, _ themes: inout ThemeShelf) {
    selected = place
    // A file that cannot be read says so in its row, and the theme before stays in use.
    try? themes.use(place)
  }

  private mutating func restore(_ themes: inout ThemeShelf) -> Outcome {
    select(original, &themes)
    return .restored
  }
}
