// Colour pairs of ncurses, made as styles turn up.

import CNcurses
import TerminalCore

/// The pairs made so far, and the looks of the styles met so far.
struct ColorPairs {
  /// The looks of a cell as ncurses is told them.
  struct Looks {
    let attributes: attr_t
    let pair: Int32
  }

  /// How many colours the terminal has.
  let depth: ColorDepth

  private let hasStandard: Bool
  private let limit: Int32
  private var next: Int32 = 1
  private var made: [UInt64: Int32] = [:]
  private var known: [Style: Looks] = [:]

  /// Starts colours; to be called once ncurses runs.
  init() {
    guard has_colors(), start_color() == OK else {
      (depth, hasStandard, limit) = (.none, false, 0)
      return
    }
    hasStandard = use_default_colors() == OK
    limit = min(nc_color_pairs(), 65536)
    depth = ColorDepth.allCases.last { $0.rawValue <= Int(nc_colors()) } ?? .none
  }

  /// Forgets what styles look like, because the theme is another.
  ///
  /// Pairs are made anew from the first: every cell is written again, and a terminal of eight colours
  /// has only 64 of them.
  mutating func forgetStyles() {
    known.removeAll(keepingCapacity: true)
    made.removeAll(keepingCapacity: true)
    next = 1
  }

  /// The attributes and the pair of a style.
  mutating func looks(of style: Style, theme: Theme, depth: ColorDepth) -> Looks {
    if let found = known[style] { return found }
    let resolved = theme.resolve(style, depth)
    let looks = Looks(
      attributes: nc_attributes(resolved.attributes.rawValue),
      pair: pair(resolved.foreground, resolved.background))
    known[style] = looks
    return looks
  }

  /// The pair of two colours; where the terminal has no more pairs, one of the foreground alone, or
  /// the terminal's own looks.
  private mutating func pair(_ foreground: TerminalColor, _ background: TerminalColor) -> Int32 {
    if foreground == .standard, background == .standard { return 0 }
    let (ink, ground) = (number(foreground, standard: 7), number(background, standard: 0))
    let key = UInt64(UInt32(bitPattern: ink)) << 32 | UInt64(UInt32(bitPattern: ground))
    if let found = made[key] { return found }
    if next < limit, init_extended_pair(next, ink, ground) == OK {
      made[key] = next
      next += 1
      return next - 1
    }
    return background == .standard ? 0 : pair(foreground, .standard)
  }

  private func number(_ color: TerminalColor, standard: Int32) -> Int32 {
    switch color {
    case .standard: hasStandard ? -1 : standard
    case .index(let index): Int32(index)
    case .rgb(let rgb):
      // The first eight numbers are the terminal's named colours, not nearly black blues.
      max(Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue), 0) < 8
        ? 0 : Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
    }
  }
}
