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
  let rule: HermiteRule?
  /// The number of effects of a level, q.
  let size: Int

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

  /// Some draws of a chain, and the level that is looked at.
  struct DrawRange {
    let level: Int
    let chain: Int
    let start: Int
    let count: Int
  }
}
