// The effective sample size that follows from the autocovariances of several chains.

import Glibc

/// Geyer's (1992) initial monotone sequence on the combined autocorrelations of several chains.
enum InitialMonotoneSequence {
  /// The effective sample size of the mean of `count` series of `length` draws each.
  ///
  /// Vehtari et al. (2021), equation 10, with the last even lag kept alone and the integrated time at
  /// least 1 / log10 of the number of draws.
  ///
  /// - Parameters:
  ///   - varianceOfMeans: the variance of the means of the series, denominator `count` - 1.
  ///   - lagLimit: the first lag that is not known; the sequence then ends there, and the size is at
  ///     least as large as it would be with all lags.
  ///   - autocovariance: the autocovariance at a lag, denominator `length`, averaged over the series.
  static func effectiveSampleSize(
    length n: Int, count: Int, varianceOfMeans: Double, lagLimit: Int = .max,
    autocovariance: (Int) -> Double
  ) -> Double {
    let withinVariance = autocovariance(0) * Double(n) / Double(n - 1)
    let total = autocovariance(0) + varianceOfMeans
    func correlation(at lag: Int) -> Double { 1 - (withinVariance - autocovariance(lag)) / total }

    var even = 1.0
    var odd = correlation(at: 1)
    var pairs = [(even, odd)]
    var lag = 0
    while lag < n - 5, lag + 3 < lagLimit, even + odd > 0 {
      lag += 2
      even = correlation(at: lag)
      odd = correlation(at: lag + 1)
      pairs.append(even + odd >= 0 ? (even, odd) : (0, 0))
    }
    // The pair at the last lag counts by its even member alone, which helps antithetic chains.
    let last = even > 0 ? even : pairs[pairs.count - 1].0
    pairs.removeLast()
    for k in pairs.indices.dropFirst() {
      let before = pairs[k - 1].0 + pairs[k - 1].1
      if pairs[k].0 + pairs[k].1 > before { pairs[k] = (before / 2, before / 2) }
    }
    let draws = Double(n * count)
    let sum = pairs.isEmpty ? 1 : pairs.reduce(0) { $0 + $1.0 + $1.1 }
    let time = max(-1 + 2 * sum + last, 1 / log10(draws))
    return draws / time
  }
}
