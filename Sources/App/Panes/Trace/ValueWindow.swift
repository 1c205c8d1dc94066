// A part of the values of one parameter, zoomed and moved.

/// A part of the values of one parameter; those of another are shown whole.
struct ValueWindow: Equatable {
  private var parameter: String?
  private var values: ClosedRange<Double>?

  /// The values in view; `nil` for all.
  func range(of name: String?) -> ClosedRange<Double>? { name == parameter ? values : nil }

  /// Whether all values of a parameter are in view.
  func isWhole(of name: String?) -> Bool { range(of: name) == nil }

  /// Shows some values.
  mutating func show(_ range: ClosedRange<Double>, of name: String) {
    guard range.lowerBound.isFinite, range.upperBound.isFinite,
      range.upperBound - range.lowerBound > abs(range.lowerBound) * 1e-12
    else { return }
    (parameter, values) = (name, range)
  }

  /// Shows a share of what is in view, or a multiple, within all that there is; `centre` stays where it
  /// is.
  mutating func zoom(
    by factor: Double, about centre: Double?, from view: ClosedRange<Double>,
    within all: ClosedRange<Double>, of name: String
  ) {
    let width = (view.upperBound - view.lowerBound) * factor
    guard width < all.upperBound - all.lowerBound else { return reset() }
    let centre = centre ?? (view.lowerBound / 2 + view.upperBound / 2)
    let share = (centre - view.lowerBound) / (view.upperBound - view.lowerBound)
    let low = min(max(centre - share * width, all.lowerBound), all.upperBound - width)
    show(low...low + width, of: name)
  }

  /// Moves by quarters of what is in view, to larger values if positive.
  mutating func move(by quarters: Int, within all: ClosedRange<Double>, of name: String) {
    guard let now = range(of: name) else { return }
    let width = now.upperBound - now.lowerBound
    let wanted = now.lowerBound + Double(quarters) * width / 4
    let low = max(min(wanted, all.upperBound - width), min(all.lowerBound, now.lowerBound))
    show(low...low + width, of: name)
  }

  /// Shows all again.
  mutating func reset() { self = ValueWindow() }
}
