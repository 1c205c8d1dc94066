// Means and variances of vectors that arrive one at a time.

/// The mean and variance of each coordinate over the vectors seen so far, without keeping them.
///
/// Welford (1962): m ← m + (v − m)/n, S ← S + (v − m_old)(v − m_new), variance S / (n − 1).
struct RunningMoments: Equatable, Sendable {
  var count = 0
  var means: [Double]
  var squares: [Double]  // S

  init(dimension: Int) {
    means = Array(repeating: 0, count: dimension)
    squares = means
  }

  mutating func record(_ values: [Double]) { record(values, at: values.indices) }

  /// Records the vector that lies at `place` among other numbers.
  mutating func record(_ values: [Double], at place: Range<Int>) {
    count += 1
    let share = 1 / Double(count)
    for i in means.indices {
      let deviation = values[place.lowerBound + i] - means[i]
      means[i] += deviation * share
      squares[i] += deviation * (values[place.lowerBound + i] - means[i])
    }
  }

  /// The sample variance of coordinate `i`; needs two vectors.
  func variance(_ i: Int) -> Double { squares[i] / Double(count - 1) }

  mutating func reset() {
    count = 0
    for i in means.indices {
      means[i] = 0
      squares[i] = 0
    }
  }
}
