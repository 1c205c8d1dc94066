// What the plots of one parameter's draws show, computed when its pane is in front.

import Diagnostics
import RunFolder

/// What a pane in front needs beyond the statistics of every parameter.
package enum DetailRequest: Sendable, Equatable {
  /// The plots of the draws of one parameter.
  case draws(parameter: String)
  /// The plots of the sampler.
  case sampler
  /// The data of the run, column by column.
  case data
}

/// A curve of cumulative means of one chain.
package struct CumulativeMeans: Sendable, Equatable {
  package var draws: [Double] = []
  package var means: [Double] = []
}

/// What the plots of one parameter's draws show.
package struct DrawsDetail: Sendable, Equatable {
  /// The parameter.
  package let parameter: String
  /// The chains and draws that it rests on.
  package let basis: DrawsBasis
  /// The ranks of each chain's draws; nil if a draw is missing.
  package let ranks: RankHistogram?
  /// The autocorrelations of each chain at lags 0 to 50; nil for a chain that does not move.
  package let autocorrelations: [[Double]?]
  /// The cumulative means of each chain; nil if a draw is not finite.
  package let means: [CumulativeMeans?]
  /// Statistics of twenty growing parts of the draws; those not computed yet are left out.
  package internal(set) var growth: [GrowthPoint] = []
  /// How many of the twenty steps of growth have been computed, from the last one down.
  var growthSteps = 0

  static let mostLags = 50
  static let growthCount = 20

  /// Whether all steps of growth are there.
  var isComplete: Bool { growthSteps >= Self.growthCount }

  /// All but the growth, given a column of draws for each chain of the basis.
  init(parameter: String, basis: DrawsBasis, columns: [[Double]]) {
    self.parameter = parameter
    self.basis = basis
    // Ten ranks in a bin at least, so that the bars tell more than chance.
    let bins = min(20, max(4, basis.draws / 10))
    ranks = RankHistogram(columns, bins: bins)
    autocorrelations = columns.map {
      Autocorrelation.correlations(of: $0, maximumLag: Self.mostLags)
    }
    means = columns.map { column in
      DrawsGrowth.cumulativeMeans(column).map { points in
        CumulativeMeans(
          draws: points.map { Double($0.draws) }, means: points.map(\.mean))
      }
    }
  }

  /// Computes the next step of growth, the one on most draws first.
  mutating func computeGrowth(
    _ columns: [[Double]], using calculator: inout ConvergenceCalculator
  ) {
    let step = Self.growthCount - growthSteps
    growthSteps += 1
    guard step > 0,
      let point = DrawsGrowth.point(
        columns, step: step, of: Self.growthCount, using: &calculator)
    else { return }
    growth.insert(point, at: 0)
  }
}
