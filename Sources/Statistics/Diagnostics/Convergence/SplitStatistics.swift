// R-hat and effective sample size of one set of split chains: the formulas that all variants share.

import Glibc

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
  ///
  /// Geyer's (1992) initial monotone sequence on the combined autocorrelations of Vehtari et al.
  /// (2021), equation 10, with the last even lag kept alone and the integrated time at least 1 /
  /// log10 of the number of draws.
  mutating func effectiveSampleSize() -> Double {
    let n = layout.halfLength
    let withinVariance = averageAutocovariance(at: 0) * Double(n) / Double(n - 1)
    let total = averageAutocovariance(at: 0) + varianceOfMeans
    func correlation(_ autocovariance: Double) -> Double {
      1 - (withinVariance - autocovariance) / total
    }

    var even = 1.0
    var odd = correlation(averageAutocovariance(at: 1))
    var pairs = [(even, odd)]
    var lag = 0
    while lag < n - 5, even + odd > 0 {
      lag += 2
      even = correlation(averageAutocovariance(at: lag))
      odd = correlation(averageAutocovariance(at: lag + 1))
      pairs.append(even + odd >= 0 ? (even, odd) : (0, 0))
    }
    // The pair at the last lag counts by its even member alone, which helps antithetic chains.
    let last = even > 0 ? even : pairs[pairs.count - 1].0
    pairs.removeLast()
    for k in pairs.indices.dropFirst() {
      let before = pairs[k - 1].0 + pairs[k - 1].1
      if pairs[k].0 + pairs[k].1 > before { pairs[k] = (before / 2, before / 2) }
    }
    let draws = Double(layout.splitCount)
    let sum = pairs.isEmpty ? 1 : pairs.reduce(0) { $0 + $1.0 + $1.1 }
    let time = max(-1 + 2 * sum + last, 1 / log10(draws))
    return draws / time
  }
}
