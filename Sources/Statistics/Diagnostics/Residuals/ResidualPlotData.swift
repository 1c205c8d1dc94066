// The points of the two residual plots, thinned to what a screen can show.

/// One point of a plot.
package struct PlotPoint: Sendable, Equatable {
  /// The horizontal coordinate.
  package let x: Double
  /// The vertical coordinate.
  package let y: Double

  /// A point from its coordinates.
  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// The points of the residual plots of one outcome.
package struct ResidualPlotData: Sendable, Equatable {
  /// Ordered residuals (y) against the uniform quantiles i / (n + 1) (x), ascending.
  package let quantileQuantile: [PlotPoint]
  /// Residuals (y) against the rank-transformed predictor (x), those exactly 0 or 1 left out.
  package let againstPredictor: [PlotPoint]
  /// The residuals exactly 0 or 1, outside all of their simulations, against the predictor.
  package let outliers: [PlotPoint]

  /// The points, at most `maximumCount` of each kind, equally spaced by rank.
  ///
  /// Thinning keeps the first and the last point by rank, and does not depend on anything random.
  package init(_ residuals: SimulatedResiduals, predictor: [Double]? = nil, maximumCount: Int) {
    precondition(maximumCount >= 2, "the ends are always kept")
    let sorted = residuals.scaled.sorted()
    let n = sorted.count
    quantileQuantile = Self.keptPlaces(of: n, at: maximumCount).map {
      PlotPoint(x: Double($0 + 1) / Double(n + 1), y: sorted[$0])
    }
    let ranks = RankTransform(predictor ?? residuals.fitted)
    var inside: [PlotPoint] = []
    var outside: [PlotPoint] = []
    for index in ranks.order {
      let row = Int(index)
      let point = PlotPoint(x: ranks.values[row], y: residuals.scaled[row])
      if point.y == 0 || point.y == 1 { outside.append(point) } else { inside.append(point) }
    }
    againstPredictor = Self.keptPlaces(of: inside.count, at: maximumCount).map { inside[$0] }
    outliers = Self.keptPlaces(of: outside.count, at: maximumCount).map { outside[$0] }
  }

  private static func keptPlaces(of count: Int, at maximum: Int) -> [Int] {
    guard count > maximum else { return Array(0..<count) }
    return (0..<maximum).map { $0 * (count - 1) / (maximum - 1) }
  }
}
