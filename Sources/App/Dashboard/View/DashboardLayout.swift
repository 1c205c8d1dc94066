// Where header, tabs, panes, statement and footer stand.

import TerminalCore

/// The areas of a screen.
struct DashboardLayout: Equatable {
  var header = Rect(.zero)
  var tabs = Rect(.zero)
  /// The pane in front.
  var front = Rect(.zero)
  /// The other pane, where two are shown.
  var other: Rect?
  /// The lines above the two panes that name them.
  var frontTitle = Rect(.zero)
  var otherTitle = Rect(.zero)
  /// What the pane in front says of itself.
  var statement = Rect(.zero)
  var footer = Rect(.zero)

  /// The areas of a screen of some size; a low screen gives up statement, footer, tabs and header in
  /// this order.
  ///
  /// - Parameters:
  ///   - isFull: whether the pane has the whole screen.
  ///   - split: the other pane, if two are wanted; where there is no room only the front one is shown.
  init(_ size: Size, isFull: Bool = false, split: PaneSplit? = nil) {
    var rest = Rect(size)
    if !isFull {
      if size.rows >= 4 { (header, rest) = rest.splitTop(1) }
      if size.rows >= 6 { (tabs, rest) = rest.splitTop(1) }
      if size.rows >= 8 { (rest, footer) = rest.splitBottom(1) }
      if size.rows >= 20 { (rest, statement) = rest.splitBottom(1) }
    }
    guard let split, Self.hasRoomForTwo(size) else {
      front = rest
      return
    }
    let parts =
      Self.isSideBySide(size)
      ? rest.columns([.rest, .rest], gap: 1) : rest.rows([.rest, .rest])
    let (first, second) = split.isFrontSecond ? (parts[1], parts[0]) : (parts[0], parts[1])
    (frontTitle, front) = first.splitTop(1)
    let below = second.splitTop(1)
    otherTitle = below.top
    other = below.rest
  }

  /// Whether two panes fit on a screen.
  static func hasRoomForTwo(_ size: Size) -> Bool {
    isSideBySide(size) || size.rows >= 30
  }

  private static func isSideBySide(_ size: Size) -> Bool {
    size.columns >= 100 && size.columns >= 2 * size.rows
  }
}
