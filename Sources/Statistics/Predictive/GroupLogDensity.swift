// The log density of all values of one level of a grouping factor, its random effects integrated out.

import Families
import Glibc
import MixedModel

/// Why whole levels of a factor cannot be left out.
package struct GroupError: Error, Sendable, Equatable {
  /// What is wrong and the mend, in one line.
  package let message: String
}

/// log ∫ f(y of a level | ψ, b) N(b; 0, ΛΛ') db for every level of the leading grouping factor, in posterior draws.
///
/// Effects of other factors stay at their draws. The integral is exact for Gaussian models; else it is adaptive
/// Gauss-Hermite quadrature (Pinheiro & Bates 1995) with up to three effects in a level, and Laplace's approximation with
/// more.
package struct GroupLogDensity: Sendable {
  /// How the effects are integrated out.
  package enum Method: Sendable, Equatable {
    case exact
    case quadrature(points: Int)
    case laplace
  }

  /// The model.
  package let model: MixedModel
  /// The grouping factor.
  package let group: String
  /// The levels that have values.
  package let levels: [Int]
  /// How the effects are integrated out.
  package let method: Method
  /// The values of each of `levels`.
  let values: [[PointwiseLogDensity.Value]]
  private let rule: HermiteRule?
  /// The number of effects of a level, q.
  private let size: Int

  /// The levels of `group`, which must be the leading factor of the model.
  package init(_ model: MixedModel, group: String) throws(GroupError) {
    try Self.check(model, group)
    self.model = model
    self.group = group
    let leading = model.effects.blocks.filter(\.isLeading)
    let size = leading.reduce(0) { $0 + $1.size }
    let count = leading.first?.levels.count ?? 0
    self.size = size
    var values = [[PointwiseLogDensity.Value]](repeating: [], count: count)
    for (index, outcome) in model.outcomes.enumerated() {
      for run in outcome.runs {
        values[run.level] += (run.start..<run.end).map {
          PointwiseLogDensity.Value(outcome: index, row: $0)
        }
      }
    }
    levels = values.indices.filter { !values[$0].isEmpty }
    self.values = levels.map { values[$0] }
    method =
      model.isGaussian ? .exact : size > 3 ? .laplace : .quadrature(points: [11, 7, 5][size - 1])
    if case .quadrature(let points) = method {
      rule = HermiteRule(count: points)
    } else {
      rule = nil
    }
  }

  private static func check(_ model: MixedModel, _ group: String) throws(GroupError) {
    let blocks = model.effects.blocks
    guard let leading = model.effects.leadingGroup else {
      throw GroupError(message: "the model has no grouping factor; leave out single observations")
    }
    guard blocks.contains(where: { $0.group == group }) else {
      throw GroupError(
        message: "'\(group)' is no grouping factor of the model; there is '\(leading)'")
    }
    guard group == leading else {
      throw GroupError(
        message:
          "levels of '\(group)' cannot be left out, because they share their data with those of '\(leading)'; "
          + "leave out levels of '\(leading)'")
    }
    if let other = blocks.first(where: { !$0.isLeading && Self.isNested($0, in: model) }) {
      throw GroupError(
        message:
          "the effects of '\(group)' cannot be separated from those of '\(other.group)', which belong to one level each; "
          + "leave out single observations")
    }
    guard model.residualCorrelation == nil else {
      throw GroupError(
        message:
          "leaving out groups is not available with residual correlation; leave out single observations"
      )
    }
    guard model.outcomes.allSatisfy({ !$0.runs.isEmpty }) else {
      throw GroupError(
        message: "'\(group)' has no effect on some of the outcomes; leave out single observations")
    }
  }

  /// Whether each level of a block beside the leading factor occurs in one leading level only.
  private static func isNested(_ block: RandomEffectLayout.Block, in model: MixedModel) -> Bool {
    var owner: [Int32: Int] = [:]
    for outcome in model.outcomes {
      for predictor in outcome.predictors {
        for column in predictor.cornerColumns
        where model.effects.blocks[column.block].group == block.group {
          for run in outcome.runs {
            for row in run.start..<run.end {
              let place = column.places[row]
              if let known = owner[place], known != run.level { return false }
              owner[place] = run.level
            }
          }
        }
      }
    }
    return !owner.isEmpty
  }

  /// The name of one of `levels`.
  package func name(of index: Int) -> String {
    model.effects.blocks.first { $0.isLeading }?.levels[levels[index]] ?? ""
  }

  /// The memory of `write`: draws and what is computed of a block of them; element `i` of row r is `[r * rowsPerBlock + i]`.
  package struct Workspace: Sendable {
    let draws: [DrawColumns]
    /// Λ of a level for each chain, draw by draw.
    let factors: [[Double]]
    var predictors: [PredictorBlock]
    var derivatives: [DerivativeBlock]
    var densities = [Double](repeating: 0, count: rowsPerBlock)
    /// Σ log f, its gradient and its negative second derivatives in b.
    var sum = [Double](repeating: 0, count: rowsPerBlock)
    var gradient: [Double]
    var curvature: [Double]
    /// The trial point on the standard scale and on that of b.
    var trial: [Double]
    var effects: [Double]
    /// The best point so far, its value, Newton's step there, the share of it that is tried, and the factor of −∂².
    var mode: [Double]
    var value = [Double](repeating: 0, count: rowsPerBlock)
    var step: [Double]
    var length = [Double](repeating: 1, count: rowsPerBlock)
    var state = [State](repeating: .new, count: rowsPerBlock)
    var factor: [Double]
    var total = [Double](repeating: 0, count: rowsPerBlock)
    // Of one draw.
    var matrix: [Double]
    var vector: [Double]

    enum State: Sendable { case new, moving, done, failed }
  }

  /// Memory for `write`, with the draws of each chain and their Λ.
  package func makeWorkspace(_ draws: [DrawColumns], factors: [[Double]]) -> Workspace {
    let q = size
    let rows = [Double](repeating: 0, count: q * rowsPerBlock)
    let squares = [Double](repeating: 0, count: q * q * rowsPerBlock)
    return Workspace(
      draws: draws, factors: factors,
      predictors: model.outcomes.map { PredictorBlock(count: $0.predictors.count) },
      derivatives: model.outcomes.map { DerivativeBlock(predictorCount: $0.predictors.count) },
      gradient: rows, curvature: squares, trial: rows, effects: rows, mode: rows, step: rows,
      factor: squares, matrix: Array(repeating: 0, count: q * q),
      vector: Array(repeating: 0, count: q))
  }

  /// Writes the log density of one of `levels` in every draw, chain after chain; NaN where no mode was found.
  package func write(_ index: Int, into result: inout [Double], _ workspace: inout Workspace) {
    var first = 0
    for chain in workspace.draws.indices {
      let count = workspace.draws[chain].count
      for start in stride(from: 0, to: count, by: rowsPerBlock) {
        let block = DrawRange(
          level: index, chain: chain, start: start, count: min(rowsPerBlock, count - start))
        findModes(block, &workspace)
        if let rule {
          integrate(block, rule, &workspace)
        } else {
          for i in 0..<block.count {
            workspace.total[i] = workspace.value[i] - logDeterminant(i, workspace)
          }
        }
        for i in 0..<block.count {
          result[first + start + i] =
            workspace.state[i] == .done ? workspace.total[i] : .nan
        }
      }
      first += count
    }
  }

  private struct DrawRange {
    let level: Int
    let chain: Int
    let start: Int
    let count: Int
  }

  /// log |L| of draw `i`, L L' being the curvature at its mode.
  private func logDeterminant(_ i: Int, _ workspace: borrowing Workspace) -> Double {
    let q = size
    return (0..<q).reduce(0) { $0 + log(workspace.factor[($1 * (q + 1)) * rowsPerBlock + i]) }
  }

  /// Newton's method for the modes of all draws of a block at once, steps halved where a density falls.
  private func findModes(_ block: DrawRange, _ w: inout Workspace) {
    let q = size
    for i in 0..<block.count {
      w.state[i] = .new
      for r in 0..<q { w.trial[r * rowsPerBlock + i] = 0 }
    }
    for _ in 0..<100 {
      pass(block, .second, &w)
      var isOver = true
      for i in 0..<block.count where w.state[i] == .new || w.state[i] == .moving {
        advance(i, block, &w)
        if w.state[i] == .moving { isOver = false }
      }
      if isOver { return }
    }
    for i in 0..<block.count where w.state[i] == .moving { w.state[i] = .failed }
  }

  /// Judges the trial point of draw `i` and chooses the next.
  private func advance(_ i: Int, _ block: DrawRange, _ w: inout Workspace) {
    let q = size
    var value = w.sum[i]
    for r in 0..<q {
      let u = w.trial[r * rowsPerBlock + i]
      value -= 0.5 * u * u
    }
    let isBetter = w.state[i] == .new || value >= w.value[i] - 1e-10 * (1 + abs(w.value[i]))
    guard value.isFinite, isBetter else {
      w.length[i] /= 2
      guard w.state[i] == .moving, w.length[i] > 1e-8 else {
        w.state[i] = .failed
        return
      }
      for r in 0..<q {
        let place = r * rowsPerBlock + i
        w.trial[place] = w.mode[place] + w.length[i] * w.step[place]
      }
      return
    }
    w.value[i] = value
    for r in 0..<q { w.mode[r * rowsPerBlock + i] = w.trial[r * rowsPerBlock + i] }
    guard let decrement = newton(i, block, &w) else {
      w.state[i] = .failed
      return
    }
    w.length[i] = 1
    for r in 0..<q {
      let place = r * rowsPerBlock + i
      w.trial[place] = w.mode[place] + w.step[place]
    }
    w.state[i] = .moving
    // Newton converges quadratically: what is left is below rounding.
    if decrement < 1e-13 * (1 + abs(value)) { w.state[i] = .done }
  }

  /// Computes the factor of Λ'HΛ + I and Newton's step of draw `i`; returns the step times the gradient, nil where there
  /// is none. Where the curvature is not positive definite a multiple of the identity is added (Levenberg 1944).
  private func newton(_ i: Int, _ block: DrawRange, _ w: inout Workspace) -> Double? {
    let q = size
    let n = rowsPerBlock
    let lambda = (block.start + i) * q * q
    let chain = block.chain
    var shift = 0.0
    while shift < 1e12 {
      for c in 0..<q {
        for r in c..<q {
          var sum = r == c ? 1 + shift : 0
          for a in r..<q {
            for b in c..<q {
              let h = w.curvature[(max(a, b) * q + min(a, b)) * n + i]
              sum += w.factors[chain][lambda + a + r * q] * h * w.factors[chain][lambda + b + c * q]
            }
          }
          w.matrix[r * q + c] = sum
        }
      }
      if Self.factorInPlace(&w.matrix, q) { break }
      shift = max(10 * shift, 1e-3)
    }
    guard shift < 1e12 else { return nil }
    for r in 0..<q {
      var g = -w.mode[r * n + i]
      for a in r..<q { g += w.factors[chain][lambda + a + r * q] * w.gradient[a * n + i] }
      w.vector[r] = g
      for c in 0...r { w.factor[(r * q + c) * n + i] = w.matrix[r * q + c] }
    }
    var decrement = 0.0
    for r in 0..<q {
      for c in 0..<r { w.vector[r] -= w.matrix[r * q + c] * w.vector[c] }
      w.vector[r] /= w.matrix[r * (q + 1)]
      decrement += w.vector[r] * w.vector[r]
    }
    for r in (0..<q).reversed() {
      for c in (r + 1)..<max(q, r + 1) { w.vector[r] -= w.matrix[c * q + r] * w.vector[c] }
      w.vector[r] /= w.matrix[r * (q + 1)]
      w.step[r * n + i] = w.vector[r]
    }
    // A step with a shift is no Newton step, so that the mode is not reached yet.
    return decrement.isFinite ? (shift > 0 ? .infinity : decrement) : nil
  }

  /// Replaces a lower triangle, row by row, by its Cholesky factor; false where it has none.
  private static func factorInPlace(_ a: inout [Double], _ q: Int) -> Bool {
    for r in 0..<q {
      for c in 0...r {
        var sum = a[r * q + c]
        for k in 0..<c { sum -= a[r * q + k] * a[c * q + k] }
        if r == c {
          guard sum > 0, sum.isFinite else { return false }
          a[r * q + r] = sum.squareRoot()
        } else {
          a[r * q + c] = sum / a[c * q + c]
        }
      }
    }
    return true
  }

  /// log Σ over the grid of nodes û + √2 L⁻ᵀ x of w exp(x'x + h), with the constants of the integral.
  private func integrate(_ block: DrawRange, _ rule: HermiteRule, _ w: inout Workspace) {
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
  private func pass(_ block: DrawRange, _ order: DerivativeOrder, _ w: inout Workspace) {
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
