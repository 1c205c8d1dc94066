// A part of the iterations: zoomed about a place, moved, kept at the newest where it ends there.

/// A part of the iterations, which count from zero here; what reaches the newest stays with it.
struct DrawWindow: Equatable {
  /// How many iterations are in view; `nil` for all.
  private(set) var width: Int?
  /// The first of them; `nil` where the window ends at the newest.
  private(set) var start: Int?

  /// The fewest iterations in view.
  static let least = 10

  /// Whether all is shown.
  var isWhole: Bool { width == nil }

  /// The iterations in view of those there are; `nil` for all.
  func range(of all: Range<Int>) -> Range<Int>? {
    guard let width, width < all.count else { return nil }
    let last = all.upperBound - width
    let first = start.map { min(max($0, all.lowerBound), last) } ?? last
    return first..<first + width
  }

  /// Shows a part of the iterations; what is wrong with it, if anything is.
  mutating func show(_ wanted: Range<Int>, of all: Range<Int>) {
    let count = min(max(wanted.count, min(Self.least, all.count)), all.count)
    guard count < all.count else { return reset() }
    let middle = wanted.lowerBound + wanted.count / 2
    let first = wanted.count >= count ? wanted.lowerBound : middle - count / 2
    place(min(max(first, all.lowerBound), all.upperBound - count), count, of: all)
  }

  /// Shows a share of what is in view, or a multiple; `centre` stays where it is, or, without one, the
  /// newest in view.
  mutating func zoom(by factor: Double, about centre: Int?, of all: Range<Int>) {
    let now = range(of: all) ?? all
    guard !now.isEmpty else { return }
    let wanted = Int((Double(now.count) * factor).rounded())
    let count = min(max(wanted, min(Self.least, all.count)), all.count)
    guard count < all.count else { return reset() }
    guard let centre, now.contains(centre) else {
      return place(max(all.lowerBound, now.upperBound - count), count, of: all)
    }
    let share = Double(centre - now.lowerBound) / Double(max(1, now.count - 1))
    let first = centre - Int((share * Double(count - 1)).rounded())
    place(min(max(first, all.lowerBound), all.upperBound - count), count, of: all)
  }

  /// Moves by quarters of the window, to older iterations if negative.
  mutating func move(by quarters: Int, of all: Range<Int>) {
    guard let now = range(of: all) else { return }
    let first = now.lowerBound + quarters * max(1, now.count / 4)
    place(min(max(first, all.lowerBound), all.upperBound - now.count), now.count, of: all)
  }

  /// Shows all again.
  mutating func reset() { self = DrawWindow() }

  private mutating func place(_ first: Int, _ count: Int, of all: Range<Int>) {
    width = count
    start = first + count >= all.upperBound ? nil : first
  }
}
