// Whether residuals are uniform within every level of a categorical predictor and spread alike.

/// The test of residuals along a categorical predictor.
package struct CategoricalTest: Sendable, Equatable {
  /// The residuals of one level.
  package struct Level: Sendable, Equatable {
    /// The number of residuals.
    package let count: Int
    /// Their minimum, lower quartile, median, upper quartile and maximum.
    package let quartiles: [Double]
    /// Kolmogorov-Smirnov against the uniform distribution.
    package let uniformity: TestResult
    /// Its p value adjusted for the number of levels (Holm 1979).
    package let adjustedP: Double
  }

  /// The levels in the order of their numbers; nil for one without residuals.
  package let levels: [Level?]
  /// Whether the levels spread alike: Levene's test about the medians (Brown & Forsythe 1974); nil with
  /// fewer than two levels, or where no residual differs from its level's median.
  package let spread: TestResult?

  /// The smallest of the adjusted p values of the levels.
  package var uniformityP: Double { levels.compactMap { $0?.adjustedP }.min() ?? 1 }

  /// Tests residuals by the level of each row, numbered from 0; rows with a negative number are left out.
  ///
  /// Nil without residuals in any level.
  package static func run(
    _ scaled: [Double], codes: [Int], levelCount: Int
  ) -> CategoricalTest? {
    precondition(scaled.count == codes.count, "one level for each residual")
    var groups = [[Double]](repeating: [], count: levelCount)
    for (value, code) in zip(scaled, codes) where code >= 0 { groups[code].append(value) }
    let tests = groups.map { UniformityTest.run($0) }
    guard tests.contains(where: { $0 != nil }) else { return nil }
    var adjusted = MultipleTesting.holm(tests.compactMap { $0?.p })[...]
    let levels = zip(groups, tests).map { group, test -> Level? in
      guard let test else { return nil }
      let sorted = group.sorted()
      return Level(
        count: group.count,
        quartiles: [0, 0.25, 0.5, 0.75, 1].map { sorted.quantile($0) }, uniformity: test,
        adjustedP: adjusted.removeFirst())
    }
    return CategoricalTest(levels: levels, spread: levene(groups.filter { !$0.isEmpty }))
  }

  /// The analysis of variance of the distances from the medians.
  private static func levene(_ groups: [[Double]]) -> TestResult? {
    let n = groups.reduce(0) { $0 + $1.count }
    guard groups.count > 1, n > groups.count else { return nil }
    let distances = groups.map { group in
      let median = group.sorted().quantile(0.5)
      return group.map { abs($0 - median) }
    }
    let grandMean = distances.joined().reduce(0, +) / Double(n)
    var (between, within) = (0.0, 0.0)
    for group in distances {
      let mean = group.reduce(0, +) / Double(group.count)
      between += Double(group.count) * (mean - grandMean) * (mean - grandMean)
      within += group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    guard within > 0 else { return nil }
    let (upper, lower) = (Double(groups.count - 1), Double(n - groups.count))
    let ratio = (between / upper) / (within / lower)
    return TestResult(
      statistic: ratio,
      p: DistributionFunctions.fUpper(ratio, numerator: upper, denominator: lower))
  }
}

extension [Double] {
  /// The quantile of sorted numbers, interpolated between neighbours (type 7 of Hyndman & Fan 1996).
  func quantile(_ probability: Double) -> Double {
    let position = probability * Double(count - 1)
    let lower = Int(position)
    let upper = Swift.min(lower + 1, count - 1)
    return self[lower] + (position - Double(lower)) * (self[upper] - self[lower])
  }
}
