// Where header, tabs, pane and footer stand.

import TerminalCore

/// The areas of a screen.
struct DashboardLayout {
  var header = Rect(.zero)
  var tabs = Rect(.zero)
  var pane = Rect(.zero)
  var footer = Rect(.zero)

  /// The areas of a screen of some size; a low screen gives up footer, tabs and header in this order.
  init(_ size: Size) {
    var rest = Rect(size)
    if size.rows >= 4 { (header, rest) = rest.splitTop(1) }
    if size.rows >= 6 { (tabs, rest) = rest.splitTop(1) }
    if size.rows >= 8 { (rest, footer) = rest.splitBottom(1) }
    pane = rest
  }
}
