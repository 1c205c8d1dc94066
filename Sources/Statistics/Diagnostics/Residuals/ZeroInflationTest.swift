// The test for more or fewer zeros than the model implies.

/// The number of zeros beside those of the simulations.
package enum ZeroInflationTest {
  /// Tests the number of zeros; the statistic is observed over mean simulated zeros, nil if no
  /// simulation has any.
  package static func run(
    _ input: ResidualInput, alternative: Alternative = .twoSided
  ) -> TestResult {
    let observed = zeros(in: input.observed[...])
    let simulated = (0..<input.simulationCount).map { zeros(in: input.simulation($0)) }
    let mean = simulated.reduce(0, +) / Double(simulated.count)
    return TestResult(
      statistic: mean > 0 ? observed / mean : nil,
      p: alternative.pValue(of: observed, among: simulated))
  }

  private static func zeros(in values: ArraySlice<Double>) -> Double {
    Double(values.reduce(0) { $0 &+ ($1 == 0 ? 1 : 0) })
  }
}
