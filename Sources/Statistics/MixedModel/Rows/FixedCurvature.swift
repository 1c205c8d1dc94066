// X'WX of one outcome's mean at b = 0: the curvature of the model without random effects, to start an optimizer from.

import Families
import LinearAlgebra

extension MixedModel {
  /// Returns log f of one outcome at b = 0, and writes X'∂ (p) and the p × p X'WX of its mean predictor.
  package func fixedPass(
    outcome index: Int, coefficients: [Double], gradient: inout [Double], curvature: inout [Double],
    _ workspace: inout RowWorkspace
  ) -> Double {
    let outcome = outcomes[index]
    let predictor = outcome.predictors[0]
    let p = predictor.columnNames.count
    let none = [Double](repeating: 0, count: effects.count)
    gradient = Array(repeating: 0, count: p)
    curvature = Array(repeating: 0, count: p * p)
    var unused = workspace.coefficientGradient
    var total = outcome.response.constantSum
    total += addSharedTerm(outcome, coefficients, .value, &unused)
    let second = workspace.derivatives[index].channels.second(0, 0) * rowsPerBlock
    for start in stride(from: 0, to: outcome.response.count, by: rowsPerBlock) {
      let count = min(rowsPerBlock, outcome.response.count - start)
      outcome.fillPredictors(
        &workspace.predictors[index], start: start, count: count, run: outcome.runs.count,
        coefficients: coefficients, effects: none, layout: effects)
      total += outcome.family.evaluate(
        outcome.response, start: start, count: count, predictors: workspace.predictors[index],
        order: .second, into: &workspace.derivatives[index])
      let d = workspace.derivatives[index].values
      for c in 0..<p {
        for i in 0..<count {
          let x = predictor.design[c * predictor.stride + start + i]
          gradient[c] += x * d[i]
          let weighted = x * d[second + i]
          for r in c..<p {
            curvature[r + c * p] -= weighted * predictor.design[r * predictor.stride + start + i]
          }
        }
      }
    }
    return total
  }
}
