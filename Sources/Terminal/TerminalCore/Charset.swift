// The three sets of glyphs that a terminal may be able to show.

/// Which glyphs the terminal's font and encoding offer.
package enum Charset: String, CaseIterable, Hashable, Sendable {
  /// Braille dots, blocks and lines: 2 x 4 dots a cell.
  case braille
  /// Blocks and lines without braille: quadrants, 2 x 2 dots a cell.
  case block
  /// The printable characters of ASCII alone.
  case ascii

  /// How many dots a cell of a plot has across and down.
  package var dots: Size {
    switch self {
    case .braille: Size(columns: 2, rows: 4)
    case .block: Size(columns: 2, rows: 2)
    case .ascii: Size(columns: 1, rows: 2)
    }
  }

  /// What stands for text that was cut off; one column wide.
  package var ellipsis: Unicode.Scalar { self == .ascii ? "~" : "…" }

  /// The glyphs of frames and rules.
  package var lines: LineGlyphs { self == .ascii ? .ascii : .light }

  /// Parts of a cell filled from the left, from empty to full.
  package var horizontalBars: [Unicode.Scalar] {
    self == .ascii ? [" ", "#"] : [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  }

  /// Parts of a cell filled from below, from empty to full.
  package var verticalBars: [Unicode.Scalar] {
    self == .ascii ? [" ", ".", ":", "#"] : [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  }

  /// Shades from light to dark, for a heat map without colours.
  package var shades: [Unicode.Scalar] {
    self == .ascii ? [" ", ".", ":", "+", "#"] : [" ", "░", "▒", "▓", "█"]
  }

  /// A mark for a single point: a mean, a reading.
  package var point: Unicode.Scalar { self == .ascii ? "o" : "●" }

  /// Marks beside a name: sorted upwards, sorted downwards, selected, good, and not good.
  package var ascending: Unicode.Scalar { self == .ascii ? "^" : "▲" }
  package var descending: Unicode.Scalar { self == .ascii ? "v" : "▼" }
  package var pointer: Unicode.Scalar { self == .ascii ? ">" : "▶" }
  package var check: Unicode.Scalar { self == .ascii ? "+" : "✓" }
  package var cross: Unicode.Scalar { self == .ascii ? "x" : "✗" }

  /// The mark of what the user pinned.
  package var pin: Unicode.Scalar { self == .ascii ? "*" : "◆" }
}

/// The glyphs of frames, rules and axes.
package struct LineGlyphs: Hashable, Sendable {
  package let horizontal: Unicode.Scalar
  package let vertical: Unicode.Scalar
  package let topLeft: Unicode.Scalar
  package let topRight: Unicode.Scalar
  package let bottomLeft: Unicode.Scalar
  package let bottomRight: Unicode.Scalar
  package let teeLeft: Unicode.Scalar
  package let teeRight: Unicode.Scalar
  package let teeDown: Unicode.Scalar
  package let teeUp: Unicode.Scalar
  package let cross: Unicode.Scalar
  package let heavyHorizontal: Unicode.Scalar
  package let dashedVertical: Unicode.Scalar
  package let dashedHorizontal: Unicode.Scalar

  /// Thin lines of the box drawing block; `teeLeft` points to the left.
  package static let light = LineGlyphs(
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", teeLeft: "┤", teeRight: "├", teeDown: "┬", teeUp: "┴", cross: "┼",
    heavyHorizontal: "━", dashedVertical: "┆", dashedHorizontal: "┄")

  /// Lines made of ASCII.
  package static let ascii = LineGlyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", teeLeft: "+", teeRight: "+", teeDown: "+", teeUp: "+", cross: "+",
    heavyHorizontal: "=", dashedVertical: ":", dashedHorizontal: "-")
}
