// The test for more or fewer zeros than the model implies.

/// The number of zeros beside those of the simulations.
package enum ZeroInflationTest {
  /// Tests the number of zeros; the statistic is observed over mean simulated zeros, nil if no
  /// simulation has any.
  package static func run(
    _ input: ResidualInput, alternative: Alternative = .twoSided
  ) -> TestResult {
    let observed = Double(input.observed.count { $0 == 0 })
    return SummaryTest.compare(observed, with: input.sweep.zeros, alternative)
  }
}
