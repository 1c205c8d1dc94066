// Tests for residual variance that is larger or smaller than the model implies.

/// Tests of over- and underdispersion.
package enum DispersionTest {
  /// The variance of the raw residuals beside those of the simulations: DHARMa's default.
  ///
  /// The statistic is var(y - fitted) over the mean of var(simulation - fitted), so that one is the
  /// expected value. Needs simulations that redraw what the fitted values do not hold fixed. Nil
  /// with fewer than two rows.
  package static func run(
    _ input: ResidualInput, alternative: Alternative = .twoSided
  ) -> TestResult? {
    guard input.count > 1 else { return nil }
    let observed = variance(of: input.observed[...], around: input.fitted)
    return SummaryTest.compare(observed, with: input.sweep.variances, alternative)
  }

  /// The sum of squared Pearson residuals beside those of refits to simulated responses.
  ///
  /// Unlike the comparison with a chi-squared distribution it needs no degrees of freedom, since every
  /// refit has lost as many as the fit. The statistic is the sum over the mean of the refits'. Nil
  /// without refits.
  package static func refit(
    sumOfSquares observed: Double, refits: [Double], alternative: Alternative = .twoSided
  ) -> TestResult? {
    refits.isEmpty ? nil : SummaryTest.compare(observed, with: refits, alternative)
  }

  /// The sum of squared Pearson residuals against a chi-squared distribution.
  ///
  /// The statistic is the sum over its degrees of freedom. For mixed models it leans towards
  /// underdispersion, since the degrees of freedom are not known exactly. Nil without a positive
  /// number of degrees of freedom.
  package static func pearson(
    residuals: [Double], degreesOfFreedom: Double, alternative: Alternative = .greater
  ) -> TestResult? {
    guard degreesOfFreedom > 0 else { return nil }
    let sum = residuals.reduce(0) { $0 + $1 * $1 }
    let p = alternative.pValue(
      lowerTail: DistributionFunctions.chiSquaredLower(sum, degrees: degreesOfFreedom),
      upperTail: DistributionFunctions.chiSquaredUpper(sum, degrees: degreesOfFreedom))
    return TestResult(statistic: sum / degreesOfFreedom, p: p)
  }

  private static func variance(of values: ArraySlice<Double>, around fitted: [Double]) -> Double {
    let n = Double(values.count)
    let mean = zip(values, fitted).reduce(0) { $0 + ($1.0 - $1.1) } / n
    let squares = zip(values, fitted).reduce(0) {
      let deviation = ($1.0 - $1.1) - mean
      return $0 + deviation * deviation
    }
    return squares / (n - 1)
  }
}
