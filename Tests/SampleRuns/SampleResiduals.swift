// Residuals for sample runs: those of the score are uniform, those of the pass are not quite.

import RunFolder

/// Makes residuals.
enum SampleResiduals {
  /// Residuals of two outcomes by both kinds of simulation.
  static let report = ResidualReport(
    simulations: 250, isConditional: true, seed: 1, points: 250,
    outcomes: conditional,
    unconditional: conditional.map { outcome in
      var other = outcome
      other.observations = 1963
      other.lower = []
      other.upper = []
      other.predictors = []
      other.calibrated = ["dispersion", "zero_inflation"]
      other.tests.dispersion = TestResult(statistic: 1.02, p: 0.77)
      other.groups = [
        GroupedResiduals(
          name: "school_id", scaled: (0..<60).map { (Double($0) + 0.5) / 60 },
          tests: ResidualTests(
            uniformity: TestResult(statistic: 0.09, p: 0.71),
            dispersion: TestResult(statistic: 1.1, p: 0.55)))
      ]
      return other
    },
    correlations: [
      OutcomeCorrelations(
        first: "math_score", second: "passed", rows: 300, correlation: 0.31, lower: 0.2,
        upper: 0.41,
        p: 0.00001)
    ])

  private static let conditional = [
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
  ]

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
    let curves = QuantileCurves(
      x: x, q25: x.map { 0.25 + 0.04 * ($0 - 0.5) }, q50: x.map { 0.5 - 0.06 * ($0 - 0.5) },
      q75: x.map { 0.75 + (power == 1 ? 0.02 : 0.2) * ($0 - 0.5) })
    return OutcomeResiduals(
      name: name, scaled: scaled, lower: scaled, upper: scaled,
      fitted: (0..<count).map { _ in numbers.normal() }, tests: tests,
      calibrated: ["uniformity", "outliers", "zero_inflation", "quantiles"], curves: curves,
      predictors: [
        PredictorResiduals(
          name: "gender", p: 0.018,
          levels: [
            LevelResiduals(
              name: "female", count: 151, quartiles: [0.01, 0.24, 0.49, 0.76, 0.99], p: 0.61),
            LevelResiduals(
              name: "male", count: 149, quartiles: [0.02, 0.31, 0.6, 0.83, 0.98], p: 0.018),
          ], spread: TestResult(statistic: 1.37, p: 0.24)),
        PredictorResiduals(
          name: "SES", p: 0.44, x: (0..<count).map { (Double($0) + 1) / Double(count) },
          y: scaled, curves: curves, byQuantile: [0.44, 0.6, 0.8]),
      ])
  }
}
