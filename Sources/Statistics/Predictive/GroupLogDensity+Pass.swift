// A level's log density at given random effects, with derivatives, and its integral over a grid of them.

import Families
import Glibc
import MixedModel

extension GroupLogDensity {
  /// log Σ over the grid of nodes û + √2 L⁻ᵀ x of w exp(x'x + h), with the constants of the integral.
  func integrate(_ block: DrawRange, _ rule: HermiteRule, _ w: inout Workspace) {
    let q = size
    let n = rowsPerBlock
    var places = [Int](repeating: 0, count: q)
    for i in 0..<block.count { w.total[i] = 0 }
    while true {
      var logWeight = 0.0
      for r in 0..<q { logWeight += rule.logScaledWeights[places[r]] }
      for i in 0..<block.count {
        for r in (0..<q).reversed() {
          var x = rule.nodes[places[r]]
          for c in (r + 1)..<max(q, r + 1) { x -= w.factor[(c * q + r) * n + i] * w.vector[c] }
          w.vector[r] = x / w.factor[(r * (q + 1)) * n + i]
          w.trial[r * n + i] = w.mode[r * n + i] + 2.0.squareRoot() * w.vector[r]
        }
      }
      pass(block, .value, &w)
      for i in 0..<block.count {
        var h = w.sum[i]
        for r in 0..<q { h -= 0.5 * w.trial[r * n + i] * w.trial[r * n + i] }
        w.total[i] += exp(logWeight + h - w.value[i])
      }
      guard let next = places.firstIndex(where: { $0 + 1 < rule.nodes.count }) else { break }
      for r in 0..<next { places[r] = 0 }
      places[next] += 1
    }
    for i in 0..<block.count {
      w.total[i] =
        w.value[i] + log(w.total[i]) - 0.5 * Double(q) * log(Double.pi) - logDeterminant(i, w)
    }
  }

  /// Σ log f over the values of a level at the trial points, and with `second` its derivatives in b.
  func pass(_ block: DrawRange, _ order: DerivativeOrder, _ w: inout Workspace) {
    let q = size
    let n = rowsPerBlock
    let lambdas = w.factors[block.chain]
    for i in 0..<block.count {
      let lambda = (block.start + i) * q * q
      for r in 0..<q {
        var b = 0.0
        for c in 0...r { b += lambdas[lambda + r + c * q] * w.trial[c * n + i] }
        w.effects[r * n + i] = b
      }
    }
    Self.clear(&w.sum)
    if order == .second {
      Self.clear(&w.gradient)
      Self.clear(&w.curvature)
    }
    for value in values[block.level] { add(value, block, order, &w) }
  }

  private func add(
    _ value: PointwiseLogDensity.Value, _ block: DrawRange, _ order: DerivativeOrder,
    _ w: inout Workspace
  ) {
    let n = rowsPerBlock
    let (o, row) = (value.outcome, value.row)
    let outcome = model.outcomes[o]
    outcome.fillPredictors(
      &w.predictors[o], row: row, level: nil, draws: w.draws[block.chain], start: block.start,
      count: block.count, layout: model.effects)
    for a in outcome.randomPredictors {
      for column in outcome.predictors[a].leadingColumns {
        Self.add(
          column.values?[row] ?? 1, times: w.effects, at: column.position * n,
          to: &w.predictors[o].values,
          at: a * n, count: block.count)
      }
    }
    outcome.family.evaluateDraws(
      outcome.response, row: row, count: block.count, predictors: w.predictors[o], order: order,
      values: &w.densities, into: &w.derivatives[o])
    Self.add(1, times: w.densities, at: 0, to: &w.sum, at: 0, count: block.count)
    guard order == .second else { return }
    let q = size
    let channels = w.derivatives[o].channels
    for a in outcome.randomPredictors {
      for column in outcome.predictors[a].leadingColumns {
        let z = column.values?[row] ?? 1
        let r = column.position
        Self.add(
          z, times: w.derivatives[o].values, at: channels.first(a) * n, to: &w.gradient, at: r * n,
          count: block.count)
        for b in outcome.randomPredictors {
          for other in outcome.predictors[b].leadingColumns where other.position <= r {
            Self.add(
              -z * (other.values?[row] ?? 1), times: w.derivatives[o].values,
              at: channels.second(a, b) * n, to: &w.curvature, at: (r * q + other.position) * n,
              count: block.count)
          }
        }
      }
    }
  }

  private static func clear(_ values: inout [Double]) {
    var span = values.mutableSpan
    for i in span.indices { span[i] = 0 }
  }

  private static func add(
    _ x: Double, times source: [Double], at first: Int, to target: inout [Double], at place: Int,
    count: Int
  ) {
    let from = source.span.extracting(first..<(first + count))
    var span = target.mutableSpan
    var to = span._mutatingExtracting(place..<(place + count))
    for i in 0..<count { to[i] += x * from[i] }
  }
}
