// All tests of one outcome's residuals at once.

import Probability

/// The tests that the residuals pane shows; nil where a test is not available.
package struct ResidualTests: Sendable, Equatable {
  /// Kolmogorov-Smirnov against the uniform distribution; the statistic is the distance D.
  package let uniformity: TestResult?
  /// Variance against that of the simulations; the statistic is one if the model is right.
  package let dispersion: TestResult?
  /// Responses outside their simulations.
  package let outliers: OutlierTest?
  /// Zeros against those of the simulations; the statistic is one if the model is right.
  package let zeroInflation: TestResult?
  /// Quartiles along the predictor, with their curves.
  package let quantiles: QuantileTest?

  /// Runs all tests.
  ///
  /// - Parameters:
  ///   - residuals: the residuals of `input`; their seed also seeds the bootstrapped outliers.
  ///   - input: the simulations; without them only uniformity and quantiles are tested.
  ///   - predictor: the predictor of the quantile test, by default the fitted values.
  package init(_ residuals: SimulatedResiduals, input: ResidualInput?, predictor: [Double]? = nil) {
    uniformity = UniformityTest.run(residuals.scaled)
    quantiles = QuantileTest.run(residuals.scaled, predictor: predictor ?? residuals.fitted)
    guard let input else {
      (dispersion, outliers, zeroInflation) = (nil, nil, nil)
      return
    }
    var stream = RandomStream(seed: residuals.seed, stream: 0x6F75_746C)
    dispersion = DispersionTest.run(input)
    outliers = OutlierTest.automatic(residuals, input: input, using: &stream)
    zeroInflation = ZeroInflationTest.run(input)
  }
}
