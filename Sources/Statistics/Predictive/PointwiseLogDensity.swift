// The log density of every observed value in every draw, given the random effects of the draw.

import Families
import Glibc
import MixedModel

/// The observations that can be left out one by one, with their log densities in posterior draws.
///
/// As brms's `log_lik` has it, densities are conditional on the random effects. Each value of each outcome is an
/// observation of its own, whatever other outcomes the row has. With residual correlation the outcomes of a row are one
/// observation, whose density is that of the outcomes observed in it, together.
package struct PointwiseLogDensity: Sendable {
  /// One observation: a value, or with residual correlation the values of a row.
  package struct Observation: Sendable, Equatable {
    /// The outcomes with the places of their values in sorted order; a single one without residual correlation.
    package let values: [Value]
    /// The row of the table, counted from 0.
    package let tableRow: Int
    /// The pattern of observed outcomes, for residual correlation.
    let pattern: Int
  }

  /// The place of a value.
  package struct Value: Sendable, Equatable {
    /// The outcome's index.
    package let outcome: Int
    /// The sorted row.
    package let row: Int
  }

  /// The model.
  package let model: MixedModel
  /// The observations: outcome by outcome, in the order of the data.
  package let observations: [Observation]
  /// The places of `observations` in the order of the model's rows, in which neighbours share random effects.
  package let sweepOrder: [Int]
  /// For each outcome the level of the leading factor of each sorted row.
  let levels: [[Int32]]
  /// The observed outcomes of each pattern.
  let patterns: [[Int]]

  /// The observations of a model.
  package init(_ model: MixedModel) {
    self.model = model
    levels = model.outcomes.map(\.rowLevels)
    var patterns: [[Int]] = []
    var found: [Observation] = []
    if model.residualCorrelation == nil {
      for (index, outcome) in model.outcomes.enumerated() {
        let ordered = outcome.tableRows.indices.sorted {
          outcome.tableRows[$0] < outcome.tableRows[$1]
        }
        found += ordered.map {
          Observation(
            values: [Value(outcome: index, row: $0)], tableRow: outcome.tableRows[$0], pattern: 0)
        }
      }
    } else {
      var rows: [Int: [Value]] = [:]
      for (index, outcome) in model.outcomes.enumerated() {
        for (row, table) in outcome.tableRows.enumerated() {
          rows[table, default: []].append(Value(outcome: index, row: row))
        }
      }
      for table in rows.keys.sorted() {
        let values = rows[table] ?? []
        let outcomes = values.map(\.outcome)
        if !patterns.contains(outcomes) { patterns.append(outcomes) }
        found.append(
          Observation(
            values: values, tableRow: table, pattern: patterns.firstIndex(of: outcomes) ?? 0))
      }
    }
    observations = found
    self.patterns = patterns
    sweepOrder = found.indices.sorted {
      let (a, b) = (found[$0].values[0], found[$1].values[0])
      return a.outcome == b.outcome ? a.row < b.row : a.outcome < b.outcome
    }
  }

  /// The level of the leading grouping factor that an observation belongs to; nil where there is none.
  package func level(of observation: Int) -> String? {
    for value in observations[observation].values {
      guard let level = levelIndex(value) else { continue }
      return model.effects.blocks.first { $0.isLeading }?.levels[level]
    }
    return nil
  }

  func levelIndex(_ value: Value) -> Int? {
    let levels = levels[value.outcome]
    return levels.isEmpty ? nil : Int(levels[value.row])
  }

  /// The memory of `write` for the draws of some chains.
  package struct Workspace: Sendable {
    let draws: [DrawColumns]
    var predictors: [PredictorBlock]
    var derivatives: [DerivativeBlock]
    var values = [Double](repeating: 0, count: rowsPerBlock)
    /// For each pattern and chain, draw by draw, the inverse Cholesky factor of the correlations, row by row, and
    /// −log of its determinant.
    let correlations: [[[Double]]]
    var residuals: [Double]

    /// The number of draws of all chains.
    package var drawCount: Int { draws.reduce(0) { $0 + $1.count } }
  }

  /// Memory for `write`, with the draws of each chain.
  package func makeWorkspace(_ draws: [DrawColumns]) -> Workspace {
    Workspace(
      draws: draws,
      predictors: model.outcomes.map { PredictorBlock(count: $0.predictors.count) },
      derivatives: model.outcomes.map { DerivativeBlock(predictorCount: $0.predictors.count) },
      correlations: patterns.map { pattern in draws.map { whitening(pattern, $0) } },
      residuals: Array(repeating: 0, count: rowsPerBlock * max(model.outcomes.count, 1)))
  }

  /// Writes log f of an observation in every draw, chain after chain.
  ///
  /// - Precondition: `result` has as many elements as the workspace has draws.
  package func write(
    _ observation: Int, into result: inout [Double], _ workspace: inout Workspace
  ) {
    var first = 0
    for chain in workspace.draws.indices {
      let count = workspace.draws[chain].count
      for start in stride(from: 0, to: count, by: rowsPerBlock) {
        let size = min(rowsPerBlock, count - start)
        if model.residualCorrelation == nil {
          evaluate(observations[observation].values[0], chain, start, size, &workspace)
        } else {
          evaluateJointly(observations[observation], chain, start, size, &workspace)
        }
        Self.copy(workspace.values, size, to: &result, at: first + start)
      }
      first += count
    }
  }

  private static func copy(
    _ values: [Double], _ count: Int, to result: inout [Double], at first: Int
  ) {
    let source = values.span
    var target = result.mutableSpan
    for i in 0..<count { target[first &+ i] = source[i] }
  }

  private func evaluate(
    _ value: Value, _ chain: Int, _ start: Int, _ count: Int, _ workspace: inout Workspace
  ) {
    let outcome = value.outcome
    model.outcomes[outcome].fillPredictors(
      &workspace.predictors[outcome], row: value.row, level: levelIndex(value),
      draws: workspace.draws[chain], start: start, count: count, layout: model.effects)
    model.outcomes[outcome].family.evaluateDraws(
      model.outcomes[outcome].response, row: value.row, count: count,
      predictors: workspace.predictors[outcome], order: .value, values: &workspace.values,
      into: &workspace.derivatives[outcome])
  }

  /// The joint normal density of the outcomes of one row.
  private func evaluateJointly(
    _ observation: Observation, _ chain: Int, _ start: Int, _ count: Int,
    _ workspace: inout Workspace
  ) {
    let size = observation.values.count
    for i in 0..<count { workspace.values[i] = -0.9189385332046727 * Double(size) }
    for (a, value) in observation.values.enumerated() {
      let outcome = value.outcome
      model.outcomes[outcome].fillPredictors(
        &workspace.predictors[outcome], row: value.row, level: levelIndex(value),
        draws: workspace.draws[chain], start: start, count: count, layout: model.effects)
      let y = model.outcomes[outcome].response.y[value.row]
      let step = workspace.predictors[outcome].stride(of: 1)
      for i in 0..<count {
        let mean = workspace.predictors[outcome].values[i]
        let logSigma = workspace.predictors[outcome].values[rowsPerBlock + i * step]
        workspace.residuals[a * rowsPerBlock + i] = (y - mean) * exp(-logSigma)
        workspace.values[i] -= logSigma
      }
    }
    let length = size * size + 1
    for i in 0..<count {
      let place = (start + i) * length
      var sum = 0.0
      for a in 0..<size {
        var z = 0.0
        for b in 0...a {
          z +=
            workspace.correlations[observation.pattern][chain][place + a * size + b]
            * workspace.residuals[b * rowsPerBlock + i]
        }
        sum += z * z
      }
      workspace.values[i] +=
        workspace.correlations[observation.pattern][chain][place + size * size] - 0.5 * sum
    }
  }

  /// C⁻¹ of the correlations R = C C' of some outcomes in every draw, row by row, each followed by −log |C|.
  private func whitening(_ outcomes: [Int], _ draws: DrawColumns) -> [Double] {
    let k = outcomes.count
    let pairs = model.residualCorrelation?.pairs ?? []
    var result: [Double] = []
    result.reserveCapacity(draws.count * (k * k + 1))
    var factor = [Double](repeating: 0, count: k * k)
    var inverse = factor
    for draw in 0..<draws.count {
      var logDeterminant = 0.0
      for a in 0..<k {
        for b in 0...a {
          var value = 1.0
          if a != b {
            let pair = pairs.firstIndex { $0 == (outcomes[b], outcomes[a]) }
            value = pair.map { draws.residualCorrelations[$0][draw] } ?? .nan
          }
          for c in 0..<b { value -= factor[a * k + c] * factor[b * k + c] }
          factor[a * k + b] = a == b ? value.squareRoot() : value / factor[b * k + b]
        }
        logDeterminant += log(factor[a * k + a])
        for b in 0...a {
          var value = a == b ? 1.0 : 0
          for c in b..<max(a, b) { value -= factor[a * k + c] * inverse[c * k + b] }
          inverse[a * k + b] = value / factor[a * k + a]
        }
      }
      result += inverse
      result.append(-logDeterminant)
    }
    return result
  }
}
