// The slow twin of a mixed model: rows one by one from the model frame, derivatives by differences.

import Families
import Formula
import Glibc
import LinearAlgebra
import MixedModel

/// A model as its definition reads, from the columns of a model frame.
///
/// Of `MixedModel` it takes nothing but the families and the places of parameters and effects in ψ and b.
package struct NaiveModel: Sendable {
  /// One linear predictor of one row: offset + Σ x β + Σ z b, the sums by index.
  package struct RowPredictor: Sendable {
    /// The known part.
    package var offset = 0.0
    /// Indices in ψ with their values.
    package var fixed: [(index: Int, value: Double)] = []
    /// Indices in b with their values.
    package var random: [(index: Int, value: Double)] = []

    /// η at ψ and b.
    package func value(_ psi: [Double], _ b: [Double]) -> Double {
      fixed.reduce(0) { $0 + $1.value * psi[$1.index] }
        + random.reduce(offset) { $0 + $1.value * b[$1.index] }
    }
  }

  /// One observed value.
  package struct Row: Sendable {
    /// The outcome.
    package let outcome: Int
    /// The response.
    package let y: Double
    /// The trials; 1 where there are none.
    package let trials: Double
    /// The linear predictors in the order of the family's parameters.
    package let predictors: [RowPredictor]
  }

  /// All observed values, outcome by outcome, in the order of the data.
  package let rows: [Row]
  /// The families of the outcomes.
  package let families: [any ResponseFamily]
  /// The number of coefficients.
  package let coefficientCount: Int
  /// The number of random effects.
  package let effectCount: Int
  let layout: RandomEffectLayout

  /// The twin of `model`, which was made from `frame`.
  package init(frame: ModelFrame, model: MixedModel) {
    var rows: [Row] = []
    for (index, outcome) in frame.outcomes.enumerated() {
      for row in outcome.rows.indices {
        let predictors = model.outcomes[index].family.parameters.enumerated().map {
          place, parameter in
          Self.predictor(
            frame, model, outcome: index, parameter: parameter.name, place: place, row: row)
        }
        rows.append(
          Row(
            outcome: index, y: outcome.response[row], trials: outcome.trials?[row] ?? 1,
            predictors: predictors))
      }
    }
    self.rows = rows
    families = model.outcomes.map(\.family)
    coefficientCount = model.layout.coefficientCount
    effectCount = model.effects.count
    layout = model.effects
  }

  private static func predictor(
    _ frame: ModelFrame, _ model: MixedModel, outcome index: Int, parameter: String, place: Int,
    row: Int
  ) -> RowPredictor {
    let outcome = frame.outcomes[index]
    let start = model.outcomes[index].predictors[place].coefficientOffset
    var result = RowPredictor()
    guard let given = outcome.predictors.firstIndex(where: { $0.parameter == parameter }) else {
      result.fixed = [(start, 1)]
      return result
    }
    let predictor = outcome.predictors[given]
    result.offset = predictor.offset?[row] ?? 0
    result.fixed = predictor.columnNames.indices.map {
      (start + $0, predictor.design[$0 * outcome.rows.count + row])
    }
    for (position, block) in frame.blocks.enumerated() {
      for (member, about) in block.members.enumerated()
      where about.outcome == index && about.predictor == given {
        let name = block.levels[Int(block.codes[index][row])]
        let level = model.effects.blocks[position].levels.firstIndex(of: name) ?? -1
        result.random.append(
          (
            model.effects.index(block: position, level: level, member: member),
            about.values?[row] ?? 1
          ))
      }
    }
    return result
  }

  /// Σ log f(y | β, b).
  package func logLikelihood(_ psi: [Double], _ b: [Double]) -> Double {
    rows.reduce(0) { sum, row in
      sum + logDensity(row, row.predictors.map { $0.value(psi, b) })
    }
  }

  /// log f of one row at its linear predictors.
  package func logDensity(_ row: Row, _ eta: [Double]) -> Double {
    families[row.outcome].logDensity(y: row.y, trials: row.trials, predictors: eta)
  }

  /// What a pass over the rows computes.
  package struct Derivatives: Sendable {
    /// Σ log f.
    package var value = 0.0
    /// In β.
    package var coefficientGradient: [Double]
    /// In b.
    package var effectGradient: [Double]
    /// −∂²/∂b∂b'.
    package var curvature: DenseMatrix
  }

  /// Value, gradient and curvature, every row's derivatives in its predictors by differences of its log density.
  package func derivatives(_ psi: [Double], _ b: [Double]) -> Derivatives {
    var result = Derivatives(
      coefficientGradient: Array(repeating: 0, count: coefficientCount),
      effectGradient: Array(repeating: 0, count: effectCount),
      curvature: DenseMatrix(effectCount, effectCount))
    for row in rows {
      let eta = row.predictors.map { $0.value(psi, b) }
      result.value += logDensity(row, eta)
      for (a, predictor) in row.predictors.enumerated() {
        let slope = Differences.derivative { t in logDensity(row, moved(eta, a, t)) }
        for part in predictor.fixed { result.coefficientGradient[part.index] += slope * part.value }
        for part in predictor.random { result.effectGradient[part.index] += slope * part.value }
        for (c, other) in row.predictors.enumerated()
        where !predictor.random.isEmpty && !other.random.isEmpty {
          let second = self.second(row, eta, a, c)
          for left in predictor.random {
            for right in other.random {
              result.curvature[left.index, right.index] -= second * left.value * right.value
            }
          }
        }
      }
    }
    return result
  }

  /// ∂² log f / ∂η_a ∂η_c of one row.
  package func second(_ row: Row, _ eta: [Double], _ a: Int, _ c: Int) -> Double {
    a == c
      ? Differences.secondDerivative { t in logDensity(row, moved(eta, a, t)) }
      : Differences.derivative { t in
        Differences.derivative { s in logDensity(row, moved(moved(eta, a, t), c, s)) }
      }
  }

  /// `eta` with element `a` moved by `t`.
  package func moved(_ eta: [Double], _ a: Int, _ t: Double) -> [Double] {
    var point = eta
    point[a] += t
    return point
  }
}

extension NaiveModel {
  /// Λ of one block from θ, as the definition has it: sd_i (t_i1, …, t_i,i−1, 1) / √(1 + Σ t²), row by row.
  package static func factor(_ theta: [Double], size k: Int, isDiagonal: Bool) -> DenseMatrix {
    var lambda = DenseMatrix(k, k)
    var next = k
    for i in 0..<k {
      var row = isDiagonal ? Array(repeating: 0, count: i) : Array(theta[next..<(next + i)])
      if !isDiagonal { next += i }
      row.append(1)
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for j in 0...i { lambda[i, j] = exp(theta[i]) * row[j] / norm }
    }
    return lambda
  }

  /// Λ of block `index` at ψ.
  package func factor(block index: Int, _ psi: [Double]) -> DenseMatrix {
    let block = layout.blocks[index]
    let count = block.covariance.parameterCount
    return Self.factor(
      Array(psi[block.thetaOffset..<(block.thetaOffset + count)]), size: block.size,
      isDiagonal: count == block.size)
  }

  /// The whole Λ at ψ: b = Λ u.
  package func factor(_ psi: [Double]) -> DenseMatrix {
    var result = DenseMatrix(effectCount, effectCount)
    for (index, block) in layout.blocks.enumerated() {
      let lambda = factor(block: index, psi)
      for level in block.levels.indices {
        for i in 0..<block.size {
          for j in 0...i {
            let row = layout.index(block: index, level: level, member: i)
            result[row, layout.index(block: index, level: level, member: j)] = lambda[i, j]
          }
        }
      }
    }
    return result
  }

  /// log N(b; 0, Λ Λ'), level by level, without the constants of 2π.
  package func effectDensity(_ psi: [Double], _ b: [Double]) -> Double {
    var total = 0.0
    for (index, block) in layout.blocks.enumerated() {
      let lambda = factor(block: index, psi)
      let covariance = lambda * lambda.transposed
      for level in block.levels.indices {
        let own = (0..<block.size).map { b[layout.index(block: index, level: level, member: $0)] }
        let solved = covariance.solve(own)
        total -= 0.5 * covariance.logDeterminant
        for i in own.indices { total -= 0.5 * own[i] * solved[i] }
      }
    }
    return total
  }
}
