// Which ncurses draws the screen, as it says itself.

import CNcurses

/// The version of ncurses: `ncurses 6.4.20221231`.
package var cursesVersion: String {
  curses_version().map { String(cString: $0) } ?? "not available"
}
