// The cumulative Jensen-Shannon distance between a posterior and a reweighted version of it.

import Glibc

/// A column of draws, sorted, on which weighted distribution functions are compared.
///
/// With P and Q the distribution functions under two sets of weights,
/// ```
/// CJS = ∫ P log₂(P/M) + Q log₂(Q/M) dx,   M = (P + Q)/2,     distance = √(CJS / ∫ P + Q dx)
/// ```
/// over the range of the draws, the larger of the distances of x and of −x (Nguyen & Vreeken 2015; Kallioinen et al. 2024,
/// section 3.3.1, as the R package priorsense computes it). It lies in 0 ... 1.
package struct CumulativeDistance: Sendable {
  private var order = AscendingOrder()
  private var widths: [Double] = []

  /// The comparison of draws; nil when they are constant, not finite, or fewer than two.
  package init?(_ column: [Double]) {
    guard column.count > 1, column.allSatisfy(\.isFinite) else { return nil }
    order.sort(column)
    guard let first = order.values.first, let last = order.values.last, last > first else {
      return nil
    }
    widths = zip(order.values.dropFirst(), order.values).map { $0 - $1 }
  }

  /// The distance between the draws as they are and with `weights`, one for each draw in the order of the column.
  package func fromEqualWeights(to weights: [Double]) -> Double {
    precondition(weights.count == order.values.count, "one weight for each draw")
    let total = weights.reduce(0, +)
    let n = Double(weights.count)
    let (places, steps) = (order.indices.span, widths.span)
    var below = Sums()
    var above = Sums()
    // P and Q to the left of each step, and 1 − P, 1 − Q, which are the distribution functions of −x.
    var q = 0.0
    for i in steps.indices {
      q += weights[Int(places[i])] / total
      let p = Double(i + 1) / n
      below.add(p, min(q, 1), steps[i])
      above.add(1 - p, max(1 - q, 0), steps[i])
    }
    return max(below.distance, above.distance)
  }

  private struct Sums {
    var divergence = 0.0
    var bound = 0.0

    /// p log(p/m) + q log(q/m) with p/m = 1 + d, q/m = 1 − d: no digits are lost where p is close to q.
    mutating func add(_ p: Double, _ q: Double, _ width: Double) {
      guard p + q > 0 else { return }
      let d = (p - q) / (p + q)
      var value = 0.0
      if p > 0 { value += p * log1p(d) }
      if q > 0 { value += q * log1p(-d) }
      divergence += width * value
      bound += width * (p + q)
    }

    var distance: Double {
      bound > 0 ? (max(divergence, 0) / (M_LN2 * bound)).squareRoot() : 0
    }
  }
}
