// Residuals and tests as they are computed put into the form in which reports hold them.

import Diagnostics
import RunFolder

extension OutcomeResiduals {
  /// All residuals of one outcome with their tests.
  package init(
    _ residuals: SimulatedResiduals, _ tests: Diagnostics.ResidualTests, name: String,
    isDiscrete: Bool
  ) {
    self.init(
      name: name, scaled: residuals.scaled, lower: residuals.lower, upper: residuals.upper,
      fitted: residuals.fitted, tests: ReportedTests(tests, isDiscrete: isDiscrete),
      curves: tests.quantiles.flatMap { QuantileCurves($0) })
  }

  /// Keeps at most so many residuals, equally spaced by rank, so that a plot of them looks the same.
  mutating func thin(to most: Int) {
    let order = scaled.indices.sorted { (scaled[$0], $0) < (scaled[$1], $1) }
    let kept = order.thinned(to: most).sorted()
    scaled = kept.map { scaled[$0] }
    fitted = kept.map { fitted[$0] }
    lower = []
    upper = []
  }
}

extension Array {
  /// At most so many elements, equally spaced, the first and the last among them.
  func thinned(to most: Int) -> [Element] {
    count <= most ? self : (0..<most).map { self[$0 * (count - 1) / (most - 1)] }
  }
}

extension ReportedTests {
  package init(_ tests: Diagnostics.ResidualTests, isDiscrete: Bool) {
    self.init(
      uniformity: tests.uniformity.map(ReportedTest.init),
      dispersion: tests.dispersion.map(ReportedTest.init),
      outliers: tests.outliers.map { ReportedTest(statistic: Double($0.count), p: $0.p) },
      zeroInflation: isDiscrete ? tests.zeroInflation.map(ReportedTest.init) : nil,
      quantiles: tests.quantiles.map { QuantileTestResult(p: $0.p, byQuantile: $0.byQuantile) })
  }
}

extension ReportedTest {
  fileprivate init(_ test: Diagnostics.TestResult) {
    self.init(statistic: test.statistic ?? .nan, p: test.p)
  }
}

extension QuantileCurves {
  /// The fitted quantile curves at .25, .5 and .75; nil where there are none.
  fileprivate init?(_ test: QuantileTest) {
    guard test.curves.count == 3 else { return nil }
    self.init(
      x: test.curves[0].x, q25: test.curves[0].y, q50: test.curves[1].y, q75: test.curves[2].y)
  }
}

extension PredictorResiduals {
  /// The quantile test along numbers, rows without one left out; nil with fewer than ten.
  init?(name: String, _ scaled: [Double], along column: [Double], mostPoints: Int) {
    let rows = column.indices.filter { !column[$0].isNaN }
    let (values, kept) = (rows.map { column[$0] }, rows.map { scaled[$0] })
    guard let test = QuantileTest.run(kept, predictor: values, pointCount: 41) else { return nil }
    let residuals = SimulatedResiduals(
      lower: kept, upper: kept, fitted: values,
      uniforms: [Double](repeating: 0, count: kept.count), seed: 0, conditional: true)
    let plot = ResidualPlotData(residuals, maximumCount: mostPoints)
    let points = plot.againstPredictor + plot.outliers
    self.init(
      name: name, p: test.p, x: points.map(\.x), y: points.map(\.y),
      curves: QuantileCurves(test), byQuantile: test.byQuantile)
  }

  /// The levels of a category.
  init(name: String, _ test: CategoricalTest, levels: [String]) {
    self.init(
      name: name, p: test.uniformityP,
      levels: zip(levels, test.levels).compactMap { name, level in
        level.map {
          LevelResiduals(
            name: name, count: $0.count, quartiles: $0.quartiles, p: $0.adjustedP)
        }
      },
      spread: test.spread.map(ReportedTest.init))
  }
}
