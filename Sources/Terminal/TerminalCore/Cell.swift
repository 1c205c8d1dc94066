// One cell of the grid: a character, a mark on it, and its style.

/// One column of one row.
///
/// A character of two columns lies in its left cell; the right one holds ``Cell/continuation(_:)``.
package struct Cell: Hashable, Sendable {
  /// The character; NUL in the right half of a wide one.
  package private(set) var scalar: Unicode.Scalar
  /// A combining mark on the character, NUL if there is none.
  package private(set) var mark: Unicode.Scalar
  package var style: Style

  /// A cell with a character of one column or the left half of a wide one; what cannot be shown
  /// becomes U+FFFD.
  package init(_ scalar: Unicode.Scalar, _ style: Style = .plain) {
    let width = displayWidth(of: scalar) ?? 0
    self.scalar = width > 0 ? scalar : "\u{FFFD}"
    mark = "\0"
    self.style = style
  }

  /// An empty cell of a style.
  package static func blank(_ style: Style = .plain) -> Cell { Cell(" ", style) }

  /// The right half of a wide character.
  static func continuation(_ style: Style) -> Cell {
    var cell = Cell(" ", style)
    cell.scalar = "\0"
    return cell
  }

  /// Whether this is the right half of a wide character.
  package var isContinuation: Bool { scalar == "\0" }
  /// Whether a combining mark sits on the character.
  package var hasMark: Bool { mark != "\0" }
  /// The number of columns of the character that starts here: 0 in the right half of a wide one.
  package var width: Int { isContinuation ? 0 : displayWidth(of: scalar) ?? 1 }

  /// Puts a combining mark on the character; a second one is dropped.
  mutating func addMark(_ mark: Unicode.Scalar) {
    if !hasMark && !isContinuation { self.mark = mark }
  }
}
