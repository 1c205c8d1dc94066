// Residuals for sample runs: those of the score are uniform, those of the pass are not quite.

import RunFolder

/// Makes residuals.
enum SampleResiduals {
  /// Residuals of two outcomes.
  static let report = ResidualReport(
    simulations: 250, isConditional: true, seed: 1,
    outcomes: [
      outcome(
        "math_score", power: 1,
        ResidualTests(
          uniformity: TestResult(statistic: 0.0184, p: 0.522),
          dispersion: TestResult(statistic: 0.993, p: 0.88),
          outliers: TestResult(statistic: 14, p: 0.79), zeroInflation: nil,
          quantiles: QuantileTestResult(p: 0.31, byQuantile: [0.31, 0.44, 0.62]))),
      outcome(
        "passed", power: 1.25,
        ResidualTests(
          uniformity: TestResult(statistic: 0.0821, p: 0.00002),
          dispersion: TestResult(statistic: 1.31, p: 0.016),
          outliers: TestResult(statistic: 21, p: 0.06),
          zeroInflation: TestResult(statistic: 1.04, p: 0.408),
          quantiles: QuantileTestResult(p: 0.012, byQuantile: [0.012, 0.2, 0.02]))),
    ])

  private static func outcome(
    _ name: String, power: Double, _ tests: ResidualTests
  ) -> OutcomeResiduals {
    var numbers = SampleNumbers(seed: UInt64(name.utf8.count))
    let count = 300
    let scaled = (0..<count).map { _ in
      let value = numbers.uniform()
      return power == 1 ? value : value * value * 0.25 + value * 0.75
    }
    let x = (0...20).map { Double($0) / 20 }
    return OutcomeResiduals(
      name: name, scaled: scaled, lower: scaled, upper: scaled,
      fitted: (0..<count).map { _ in numbers.normal() }, tests: tests,
      curves: QuantileCurves(
        x: x, q25: x.map { 0.25 + 0.04 * ($0 - 0.5) }, q50: x.map { 0.5 - 0.06 * ($0 - 0.5) },
        q75: x.map { 0.75 + (power == 1 ? 0.02 : 0.2) * ($0 - 0.5) }))
  }
}
