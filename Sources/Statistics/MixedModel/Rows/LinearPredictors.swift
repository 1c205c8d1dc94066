// The linear predictors of all rows at given parameters and effects, for predictions and simulations.

import Families
import LinearAlgebra

extension MixedModel {
  /// For each parameter of an outcome's family the linear predictor of every value, in the order of the data.
  ///
  /// `coefficients` are the first elements of ψ, `effects` is b.
  package func linearPredictors(
    outcome index: Int, coefficients: [Double], effects b: [Double]
  ) -> [[Double]] {
    let outcome = outcomes[index]
    var result = outcome.predictors.map { _ in
      [Double](repeating: 0, count: outcome.response.count)
    }
    let order = outcome.dataOrder
    forEachBlock(outcome: index, coefficients: coefficients, effects: b) { block, start, count in
      for a in outcome.predictors.indices {
        for i in 0..<count {
          let at = block.isConstant[a] ? i % laneCount : i
          result[a][order[start + i]] = block.values[a * rowsPerBlock + at]
        }
      }
    }
    return result
  }

  /// Hands the linear predictors of an outcome to `body` block by block, in sorted order: the block, its first row and
  /// the number of its rows.
  package func forEachBlock(
    outcome index: Int, coefficients: [Double], effects b: [Double],
    _ body: (PredictorBlock, Int, Int) -> Void
  ) {
    let outcome = outcomes[index]
    let n = outcome.response.count
    var block = PredictorBlock(count: outcome.predictors.count)
    var run = 0
    for start in stride(from: 0, to: n, by: rowsPerBlock) {
      let count = min(rowsPerBlock, n - start)
      while run < outcome.runs.count && outcome.runs[run].end <= start { run += 1 }
      outcome.fillPredictors(
        &block, start: start, count: count, run: run, coefficients: coefficients, effects: b,
        layout: effects)
      body(block, start, count)
    }
  }
}

extension ModelOutcome {
  /// For each sorted row its place among the outcome's values in the order of the data.
  package var dataOrder: [Int] {
    let byRow = tableRows.indices.sorted { tableRows[$0] < tableRows[$1] }
    var places = [Int](repeating: 0, count: byRow.count)
    for (place, row) in byRow.enumerated() { places[row] = place }
    return places
  }

  /// The observed values and the trials in the order of the data.
  package var valuesInDataOrder: (y: [Double], trials: [Double]) {
    let byRow = tableRows.indices.sorted { tableRows[$0] < tableRows[$1] }
    return (byRow.map { response.y[$0] }, byRow.map { response.trials[$0] })
  }
}
