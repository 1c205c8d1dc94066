// Which rows of a list are in view: about the selected one, or where a press left them.

import Plots
import TerminalCore

/// The rows of a list in view.
///
/// A list keeps its selected row in the middle, which needs no memory; but it must not move under the
/// mouse, so from the first press on it moves only as far as the selected row requires.
struct ListScroll: Equatable {
  private var held: Int?

  /// The first row to show.
  func first(showing selected: Int, visible: Int, of count: Int) -> Int {
    guard let held else { return centredFirstRow(selected, visible: visible, of: count) }
    return Table.firstRow(showing: selected, from: held, visible: visible, of: count)
  }

  /// Keeps the rows that are in view.
  mutating func hold(_ first: Int) { held = first }
}

/// How many rows a notch of the wheel goes in a list of so many.
func wheelRows(of count: Int) -> Int { max(1, min(3, count / 20)) }
