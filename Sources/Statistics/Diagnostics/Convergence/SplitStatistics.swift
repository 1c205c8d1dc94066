// R-hat and effective sample size of one set of split chains: the formulas that all variants share.

extension SplitSeries {
  /// Whether the values are all finite and spread over more than the rounding of one.
  ///
  /// The bound is absolute, as in the posterior package: what it calls constant is constant here.
  static func isUsable(_ values: some Sequence<Double>) -> Bool {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values {
      guard value.isFinite else { return false }
      low = min(low, value)
      high = max(high, value)
    }
    return high - low >= Double.ulpOfOne
  }

  /// The variance of the means of the halves, denominator m - 1; 0 for a single chain left whole.
  private var varianceOfMeans: Double {
    guard means.count > 1 else { return 0 }
    let count = Double(means.count)
    let mean = means.reduce(0, +) / count
    return means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  }

  /// The potential scale reduction of the centred halves.
  ///
  /// Vehtari et al. (2021), equations 1 to 4.
  var rHat: Double {
    let n = Double(layout.halfLength)
    let within = squares.reduce(0, +) / (Double(means.count) * (n - 1))
    let between = n * varianceOfMeans
    return ((between / within + n - 1) / n).squareRoot()
  }

  /// The effective sample size of the mean of the centred halves.
  mutating func effectiveSampleSize() -> Double {
    let between = varianceOfMeans
    return InitialMonotoneSequence.effectiveSampleSize(
      length: layout.halfLength, count: means.count, varianceOfMeans: between
    ) { averageAutocovariance(at: $0) }
  }
}
