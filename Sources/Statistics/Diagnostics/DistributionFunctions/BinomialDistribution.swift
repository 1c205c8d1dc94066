// The exact binomial test and the Clopper-Pearson interval.

import Glibc

extension DistributionFunctions {
  /// The p value of the exact two-sided binomial test: the probability of all counts that are no
  /// likelier than `count`.
  static func binomialTest(count: Int, trials: Int, probability: Double) -> Double {
    let n = trials
    // The factor lets counts of equal probability count as such in spite of rounding.
    let limit = logBinomialDensity(count, n, probability) + log1p(1e-7)
    let expected = Double(n) * probability
    if Double(count) == expected { return 1 }
    if Double(count) < expected {
      let mode = Int(expected.rounded(.up))
      let first = firstIndex(in: mode...(n + 1)) {
        $0 > n || logBinomialDensity($0, n, probability) <= limit
      }
      return min(1, binomialLower(count, n, probability) + binomialUpper(first, n, probability))
    }
    let mode = Int(expected.rounded(.down))
    // Densities rise up to the mode: the last one not above the limit.
    let above = firstIndex(in: 0...(mode + 1)) {
      $0 > mode || logBinomialDensity($0, n, probability) > limit
    }
    return min(1, binomialLower(above - 1, n, probability) + binomialUpper(count, n, probability))
  }

  /// The Clopper-Pearson interval of a proportion.
  static func clopperPearson(
    count: Int, trials: Int, confidence: Double = 0.95
  ) -> (lower: Double, upper: Double) {
    let x = Double(count)
    let n = Double(trials)
    let tail = (1 - confidence) / 2
    return (
      count == 0 ? 0 : betaQuantile(tail, x, n - x + 1),
      count == trials ? 1 : betaQuantile(1 - tail, x + 1, n - x)
    )
  }

  private static func logBinomialDensity(_ k: Int, _ n: Int, _ p: Double) -> Double {
    let x = Double(k)
    let m = Double(n)
    return logGamma(m + 1) - logGamma(x + 1) - logGamma(m - x + 1) + x * log(p)
      + (m - x) * log1p(-p)
  }

  /// The probability of `k` or fewer.
  private static func binomialLower(_ k: Int, _ n: Int, _ p: Double) -> Double {
    if k < 0 { return 0 }
    return k >= n ? 1 : betaUpperProbability(p, Double(k) + 1, Double(n - k))
  }

  /// The probability of `k` or more.
  private static func binomialUpper(_ k: Int, _ n: Int, _ p: Double) -> Double {
    if k <= 0 { return 1 }
    return k > n ? 0 : betaProbability(p, Double(k), Double(n - k) + 1)
  }

  /// The first index for which a monotone condition holds; it must hold for the last.
  private static func firstIndex(
    in range: ClosedRange<Int>, where holds: (Int) -> Bool
  ) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
