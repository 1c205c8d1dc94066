// Which test of residuals can be trusted with which kind of simulation.

/// A test of residuals by its name in `residuals.json`.
package enum ResidualTestName: String, Sendable, CaseIterable {
  case uniformity, dispersion, outliers
  case zeroInflation = "zero_inflation"
  case quantiles
}

/// Whether the p values of a test are right on a correct mixed model: at most one of twenty below 0.05.
///
/// Simulated at the estimated random effects, data vary less about their fitted values than simulations do, because
/// the effects were estimated from these very data: the dispersion test rejected 20 % of correct Poisson models with 30
/// groups of 10 rows, and all Bernoulli ones with 40 groups of 10. Of the latter, quantiles along the prediction
/// rejected 20 %, for the prediction follows the responses. With new random effects, residuals of one group go
/// up and down together, which tests that take them for independent mistake for a departure where groups are few and large:
/// uniformity rejected 0.8 % with 30 groups of 10 and 6 % with 8 of 50. All others named here rejected less than 5 %.
/// The shares are those of ResidualCalibrationTests, over 500 simulated data sets (250 with large groups).
package enum ResidualCalibration {
  /// The tests that keep their level.
  ///
  /// - Parameter isBinary: whether every response is 0 or 1.
  package static func calibrated(
    isConditional: Bool, hasRandomEffects: Bool, isBinary: Bool
  ) -> [ResidualTestName] {
    guard hasRandomEffects else { return ResidualTestName.allCases }
    guard isConditional else { return [.dispersion, .outliers, .zeroInflation] }
    return isBinary
      ? [.uniformity, .outliers, .zeroInflation]
      : [.uniformity, .outliers, .zeroInflation, .quantiles]
  }
}
