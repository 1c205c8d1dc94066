// Differences in predictive accuracy between models of the same observations.

/// Models in the order of their accuracy, the best first, each with its distance from the best.
package struct ModelComparison: Sendable, Equatable {
  /// One model's place.
  package struct Entry: Sendable, Equatable {
    /// The model's index among those that were given.
    package let model: Int
    /// Its elpd.
    package let elpd: Double
    /// Its elpd less that of the best, never positive.
    package let difference: Double
    /// The standard error of the difference, from paired observations; 0 for the best itself.
    package let error: Double
  }

  /// The models, the best first.
  package let entries: [Entry]
  /// The number of observations.
  package let observations: Int

  /// Compares models by the elpd of each observation, an array for each model.
  ///
  /// Vehtari, Gelman & Gabry (2017), equation 24.
  ///
  /// - Precondition: as many observations in all.
  package init(pointwise: [[Double]]) {
    let n = pointwise.first?.count ?? 0
    precondition(pointwise.allSatisfy { $0.count == n }, "models of the same observations")
    observations = n
    let totals = pointwise.map { $0.reduce(0, +) }
    // What is not a number comes last; equals stay in the order in which they were given.
    let order = totals.indices.sorted {
      let (a, b) = (totals[$0], totals[$1])
      return a == b || (a.isNaN && b.isNaN) ? $0 < $1 : b.isNaN || a > b
    }
    entries = order.map { model in
      let differences = (0..<n).map { pointwise[model][$0] - pointwise[order[0]][$0] }
      let total = PredictiveAccuracy.Total(differences)
      return Entry(
        model: model, elpd: totals[model], difference: total.value,
        error: model == order[0] ? 0 : total.error)
    }
  }

  /// Whether the standard errors are too small to be relied on, because there are fewer than 100 observations (Sivula,
  /// Magnusson, Matamoros & Vehtari 2025).
  package var hasFewObservations: Bool { observations < 100 }

  /// Whether a model predicts about as well as the best: a difference below 4 is small, and its standard error is not
  /// to be relied on (the same source).
  package func isClose(_ entry: Entry) -> Bool { abs(entry.difference) < 4 }
}
