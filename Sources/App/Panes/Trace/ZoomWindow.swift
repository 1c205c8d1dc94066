// A part of a running index: how far it is zoomed in and how far moved back from the newest end.

/// A part of the iterations, kept at the newest unless moved.
struct ZoomWindow: Equatable {
  /// How often the length was halved.
  private(set) var level = 0
  /// How far the end is back from the newest iteration, in quarters of the window.
  private(set) var quartersBack = 0

  /// Whether all is shown.
  var isWhole: Bool { level == 0 }

  private static let deepest = 12

  /// Halves the window, if at least a few iterations stay.
  mutating func zoomIn(of length: Int) {
    if level < Self.deepest, length >> (level + 1) >= 10 { level += 1 }
  }

  /// Doubles the window.
  mutating func zoomOut() {
    level = max(0, level - 1)
    if level == 0 { quartersBack = 0 }
  }

  /// Moves towards older iterations (negative) or newer ones.
  mutating func move(by quarters: Int, of length: Int) {
    guard level > 0 else { return }
    let width = max(1, length >> level)
    let most = max(0, (length - width) * 4 / width)
    quartersBack = min(max(0, quartersBack - quarters), most)
  }

  /// Shows all again.
  mutating func reset() { self = ZoomWindow() }

  /// The iterations in view of `length` that start at `first`; `nil` for all.
  func range(first: Int, length: Int) -> Range<Int>? {
    guard level > 0, length > 0 else { return nil }
    let width = max(1, length >> level)
    let end = max(width, length - quartersBack * width / 4)
    return first + end - width..<first + end
  }
}
