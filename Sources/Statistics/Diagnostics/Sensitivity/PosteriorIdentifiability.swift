// What draws say of identifiability: posteriors like priors, parameters that move together.

import Glibc

/// Posterior contraction and near-perfect correlations.
package enum PosteriorIdentifiability {
  /// The contraction below which the data have hardly spoken: 0.1 (ours; the measure is that of Schad, Betancourt &
  /// Vasishth 2021).
  package static let contractionThreshold = 0.1
  /// The correlation above which two parameters cannot be told apart: 0.95 (ours).
  package static let correlationThreshold = 0.95

  /// 1 − (posterior spread / prior spread)², the spread being the interquartile range, which heavy-tailed priors have
  /// too; nil for constant draws.
  ///
  /// Equal to 1 − variance ratio for normal ones, and negative where the posterior is wider.
  package static func contraction(posterior: [Double], prior: [Double]) -> Double? {
    guard let a = interquartileRange(posterior), let b = interquartileRange(prior), a > 0, b > 0
    else { return nil }
    return 1 - (a / b) * (a / b)
  }

  /// The correlation of two columns of draws; nil when one is constant.
  package static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "draws of two parameters come in pairs")
    let n = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for i in x.indices {
      let (a, b) = (x[i] - meanX, y[i] - meanY)
      xx += a * a
      yy += b * b
      xy += a * b
    }
    guard xx > 0, yy > 0, xx.isFinite, yy.isFinite else { return nil }
    return xy / (xx * yy).squareRoot()
  }

  private static func interquartileRange(_ column: [Double]) -> Double? {
    guard column.count > 3, column.allSatisfy(\.isFinite) else { return nil }
    var order = AscendingOrder()
    order.sort(column)
    func quantile(_ p: Double) -> Double {
      let place = p * Double(column.count - 1)
      let low = Int(place)
      let share = place - Double(low)
      return order.values[low] * (1 - share) + order.values[min(low + 1, column.count - 1)] * share
    }
    return quantile(0.75) - quantile(0.25)
  }
}
