// Autocovariance and autocorrelation of a single chain.

/// The autocorrelation of one chain, lag by lag.
package enum Autocorrelation {
  /// The autocovariances at lags 0 to `maximumLag`, denominator n, about the chain's own mean.
  ///
  /// Lags past the end of the chain are left out. Nil without draws or with a draw that is not
  /// finite.
  package static func covariances(of chain: [Double], maximumLag: Int) -> [Double]? {
    precondition(maximumLag >= 0, "lags count from zero")
    guard !chain.isEmpty, chain.allSatisfy(\.isFinite) else { return nil }
    let n = chain.count
    let lags = min(maximumLag, n - 1)
    let first = chain.reduce(0, +) / Double(n)
    let mean = first + chain.reduce(0) { $0 + ($1 - first) } / Double(n)
    // The padding keeps products that wrap around away from the lags that are asked for.
    var transform = FourierTransform(minimumLength: n + lags)
    for i in 0..<n { transform.real[i] = chain[i] - mean }
    transform.transform()
    for i in 0..<transform.length {
      let (re, im) = (transform.real[i], transform.imaginary[i])
      transform.real[i] = re * re + im * im
      transform.imaginary[i] = 0
    }
    transform.transform()
    let scale = 1 / (Double(n) * Double(transform.length))
    return transform.real[...lags].map { $0 * scale }
  }

  /// The autocorrelations at lags 0 to `maximumLag`; nil also for a constant chain.
  package static func correlations(of chain: [Double], maximumLag: Int) -> [Double]? {
    guard SplitSeries.isUsable(chain),
      let covariances = covariances(of: chain, maximumLag: maximumLag)
    else { return nil }
    return covariances.map { $0 / covariances[0] }
  }
}
