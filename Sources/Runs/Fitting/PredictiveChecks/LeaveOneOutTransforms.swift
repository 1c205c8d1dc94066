// Probability integral transforms of observations that are left out, from posterior draws with smoothed weights.

import Diagnostics
import Families
import MixedModel
import Predictive

/// LOO-PIT of one outcome: F(y_i) given all other observations (Gelfand, Dey & Chang 1992), by PSIS from draws
/// (Vehtari, Gelman & Gabry 2017) and the family's own distribution function.
enum LeaveOneOutTransforms {
  /// Fewer draws than this have no tail to smooth.
  private static let leastDraws = 100
  /// The most values times draws that are worked out.
  private static let greatestWork = 2_000_000

  /// One value in [0, 1] for each observation in the order of the data, randomised by `uniforms` where the
  /// response is discrete; nil with too few draws, too many rows, or residual correlation, where the
  /// observations of a row are one.
  static func values(
    _ model: MixedModel, outcome index: Int, points: [PredictivePoint], uniforms: [Double]
  ) -> [Double]? {
    let outcome = model.outcomes[index]
    let (y, trials) = outcome.valuesInDataOrder
    let count = min(points.count, greatestWork / max(1, y.count))
    guard model.residualCorrelation == nil, count >= leastDraws else { return nil }
    // Observation after observation, a number for each draw.
    var densities = [Double](repeating: 0, count: y.count * count)
    var (below, upTo) = (densities, densities)
    var row = [Double](repeating: 0, count: outcome.family.parameters.count)
    for draw in 0..<count {
      let point = points[draw * points.count / count]
      let predictors = model.linearPredictors(
        outcome: index, coefficients: point.psi, effects: point.effects)
      for i in y.indices {
        for a in row.indices { row[a] = predictors[a][i] }
        let place = i * count + draw
        densities[place] = outcome.family.logDensity(
          y: y[i], trials: trials[i], predictors: row)
        let share = outcome.family.distribution(y: y[i], trials: trials[i], predictors: row)
        (below[place], upTo[place]) = (share.below, share.upTo)
      }
    }
    var smoother = ParetoSmoother()
    var values: [Double] = []
    values.reserveCapacity(y.count)
    for i in y.indices {
      let range = i * count..<(i + 1) * count
      guard smoother.load(Array(densities[range]).span) else { return nil }
      smoother.smooth()
      let probability = PredictiveProbability(
        below: Array(below[range]), upTo: Array(upTo[range]), weights: smoother)
      values.append(probability.value(uniform: uniforms[i]))
    }
    return values
  }
}
