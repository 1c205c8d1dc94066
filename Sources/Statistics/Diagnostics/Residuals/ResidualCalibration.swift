// Which test of residuals can be trusted with which kind of simulation.

/// A test of residuals by its name in `residuals.json`.
package enum ResidualTestName: String, Sendable, CaseIterable {
  case uniformity, dispersion, outliers
  case zeroInflation = "zero_inflation"
  case quantiles
}

/// Whether the p values of a test are right on a correct mixed model.
///
/// Shares of correct models that were rejected at the 5 % level in simulations are in
/// `Tests/FittingTests/Residuals`. Simulated at the estimated random effects, data vary less about their fitted values
/// than simulations do, because the effects were estimated from these very data. With new random
/// effects, residuals of one group go up and down together, which tests that take them for independent mistake
/// for a departure.
package enum ResidualCalibration {
  /// The tests that keep their level.
  package static func calibrated(
    isConditional: Bool, hasRandomEffects: Bool
  ) -> [ResidualTestName] {
    guard hasRandomEffects else { return ResidualTestName.allCases }
    return isConditional
      ? [.uniformity, .outliers, .quantiles] : [.dispersion, .outliers, .zeroInflation]
  }
}
