// The test of any summary of the responses against the same summary of the simulations.

/// Compares a number that summarises a column with what simulations give.
package enum SummaryTest {
  /// The test of `summary`, such as a maximum, a mean, or a share of ones.
  ///
  /// The result's statistic is the observed summary over the mean of the simulated ones, nil where
  /// that mean is zero.
  package static func run(
    _ input: ResidualInput, alternative: Alternative = .twoSided,
    summary: (ArraySlice<Double>) -> Double
  ) -> TestResult {
    compare(
      summary(input.observed[...]),
      with: (0..<input.simulationCount).map { summary(input.simulation($0)) }, alternative)
  }

  static func compare(
    _ observed: Double, with simulated: [Double], _ alternative: Alternative
  ) -> TestResult {
    let mean = simulated.reduce(0, +) / Double(simulated.count)
    return TestResult(
      statistic: mean != 0 ? observed / mean : nil,
      p: alternative.pValue(of: observed, among: simulated))
  }
}
