// The test of the residuals' quartiles along a predictor, with the curves that a plot shows.

/// Whether the quartiles of the residuals stay at 0.25, 0.5 and 0.75 along a predictor.
///
/// In the place of DHARMa's test by qgam: each quantile has the smaller of two adjusted p values,
/// one for its level and one for its shape (see `QuantileScoreTest`), and the quantiles are
/// adjusted again (Benjamini & Hochberg). The decision agrees with DHARMa's; the digits do not,
/// since the smoother is another.
package struct QuantileTest: Sendable, Equatable {
  /// The smallest number of residuals for which the test is available.
  package static let minimumCount = 10

  /// The probabilities of the quantiles.
  package let probabilities: [Double]
  /// The p value of each quantile.
  package let byQuantile: [Double]
  /// The p value of the level of each quantile, not adjusted.
  package let levelP: [Double]
  /// The p value of the shape of each quantile, not adjusted.
  package let shapeP: [Double]
  /// The p value of all quantiles together.
  package let p: Double
  /// The curve of each quantile; none if the predictor has but one value.
  package let curves: [QuantileCurve]

  /// Tests residuals along a predictor, which is replaced by its ranks.
  ///
  /// Nil with fewer than `minimumCount` residuals, or with a value of the predictor that is
  /// missing.
  package static func run(
    _ scaled: [Double], predictor: [Double], probabilities: [Double] = [0.25, 0.5, 0.75],
    pointCount: Int = 101
  ) -> QuantileTest? {
    precondition(scaled.count == predictor.count, "one value of the predictor for each residual")
    guard scaled.count >= minimumCount, !predictor.contains(where: \.isNaN) else { return nil }
    var sorting = AscendingOrder()
    sorting.sort(scaled)
    let ranks = RankTransform(predictor)
    let polynomials = OrthonormalPolynomials.columns(
      ranks.values, degree: min(QuantileScoreTest.pairedDegree, ranks.distinctCount - 1))
    let levelP = probabilities.map { QuantileScoreTest.level(scaled, probability: $0) }
    let shapeP = probabilities.map {
      QuantileScoreTest.shape(
        scores: QuantileScoreTest.scores(
          scaled, sorted: sorting.values, probability: $0, polynomials: polynomials))
    }
    let byQuantile = zip(levelP, shapeP).map { smallestAdjusted([$0, $1]) }
    let smoother = QuantileSmoother(residuals: scaled, sorted: sorting.values, predictor: ranks)
    return QuantileTest(
      probabilities: probabilities, byQuantile: byQuantile, levelP: levelP, shapeP: shapeP,
      p: smallestAdjusted(byQuantile),
      curves: smoother.map { smoother in
        probabilities.map { smoother.curve(probability: $0, pointCount: pointCount) }
      } ?? [])
  }

  private static func smallestAdjusted(_ p: [Double]) -> Double {
    MultipleTesting.benjaminiHochberg(p).min() ?? 1
  }
}
