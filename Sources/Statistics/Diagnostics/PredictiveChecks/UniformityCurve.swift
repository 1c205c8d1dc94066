// How the distribution of probability integral transforms differs from the uniform one, with a band.

/// The empirical distribution function of probability integral transforms minus that of the uniform
/// distribution, with a simultaneous band (Säilynoja, Bürkner & Vehtari 2022).
package struct UniformityCurve: Sendable, Equatable {
  /// How many values there are.
  package let count: Int
  /// The points at which the function is looked at, ascending.
  package let points: [Double]
  /// The difference at each point.
  package let difference: [Double]
  /// The lower edge of the band for the difference.
  package let lower: [Double]
  /// The upper edge of the band.
  package let upper: [Double]

  /// The curve of values in [0, 1]; nil if there are none.
  package init?(_ values: [Double], level: Double = 0.95) {
    guard !values.isEmpty else { return nil }
    let band = UniformBand(count: values.count, level: level)
    let n = Double(values.count)
    let sorted = values.sorted()
    var place = 0
    points = band.points
    count = values.count
    difference = band.points.map { point in
      while place < sorted.count, sorted[place] <= point { place += 1 }
      return Double(place) / n - point
    }
    lower = zip(band.lower, band.points).map { Double($0) / n - $1 }
    upper = zip(band.upper, band.points).map { Double($0) / n - $1 }
  }

  /// A curve whose numbers are already known.
  package init(
    count: Int, points: [Double], difference: [Double], lower: [Double], upper: [Double]
  ) {
    self.count = count
    self.points = points
    self.difference = difference
    self.lower = lower
    self.upper = upper
  }

  /// The points at which the difference leaves the band.
  package var outside: [Int] {
    // The edges and the difference come from the same whole numbers over n, up to rounding.
    points.indices.filter {
      difference[$0] < lower[$0] - 1e-9 || difference[$0] > upper[$0] + 1e-9
    }
  }

  /// What a departure looks like.
  package enum Shape: String, Sendable, CaseIterable {
    /// Within the band.
    case uniform
    /// Too many values near 0 and 1: predictions are too narrow.
    case tooNarrow = "too-narrow"
    /// Too many values in the middle: predictions are too wide.
    case tooWide = "too-wide"
    /// Too many small values: predictions are too high.
    case tooHigh = "too-high"
    /// Too many large values: predictions are too low.
    case tooLow = "too-low"
    /// Outside the band in some other way.
    case other
  }

  /// The shape of the departure, from where the curve is highest and lowest outside the band.
  package var shape: Shape {
    let outside = outside
    guard !outside.isEmpty else { return .uniform }
    let isHigh = outside.contains { difference[$0] > upper[$0] }
    let isLow = outside.contains { difference[$0] < lower[$0] }
    // The signs of the whole halves tell a shift from a change of width.
    func sum(_ range: Range<Int>) -> Double { range.reduce(0) { $0 + difference[$1] } }
    let half = points.count / 2
    let (left, right) = (sum(0..<half), sum((points.count - half)..<points.count))
    if left > 0, right < 0 { return .tooNarrow }
    if left < 0, right > 0 { return .tooWide }
    if left > 0, right > 0, !isLow { return .tooHigh }
    if left < 0, right < 0, !isHigh { return .tooLow }
    return .other
  }
}
