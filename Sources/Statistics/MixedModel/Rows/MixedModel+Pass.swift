// One pass over all rows: the log likelihood given b, its gradient in β and b, and the curvature in b.

import Families
import LinearAlgebra

extension MixedModel {
  /// Computes log f(y | β, b) and, by `order`, its gradient (`first`) and Z'WZ (`second`), into `workspace`.
  ///
  /// `coefficients` are the first elements of ψ, `effects` is b. What `order` does not ask for is left undefined.
  package func pass(
    coefficients: [Double], effects b: [Double], order: DerivativeOrder,
    _ workspace: inout RowWorkspace
  ) {
    if order >= .first { workspace.clearGradient() }
    if order >= .second { workspace.clearCurvature() }
    var total = 0.0
    for (index, outcome) in outcomes.enumerated() {
      total += outcome.response.constantSum
      total += addSharedTerm(outcome, coefficients, order, &workspace.coefficientGradient)
      var run = 0
      for start in stride(from: 0, to: outcome.response.count, by: rowsPerBlock) {
        let count = min(rowsPerBlock, outcome.response.count - start)
        while run < outcome.runs.count && outcome.runs[run].end <= start { run += 1 }
        outcome.fillPredictors(
          &workspace.predictors[index], start: start, count: count, run: run,
          coefficients: coefficients, effects: b, layout: effects)
        total += outcome.family.evaluate(
          outcome.response, start: start, count: count, predictors: workspace.predictors[index],
          order: min(order, .second), into: &workspace.derivatives[index])
        if order == .value { continue }
        addGradient(index, start: start, count: count, run: run, &workspace)
        if order >= .second {
          addCurvature(index, start: start, count: count, run: run, &workspace)
        }
      }
    }
    workspace.logLikelihood = total.isNaN ? -.infinity : total
  }

  /// `pass` to the second order: the log likelihood, its gradient in β and b, and Z'WZ.
  package func curvaturePass(
    coefficients: [Double], effects b: [Double], _ workspace: inout RowWorkspace
  ) {
    pass(coefficients: coefficients, effects: b, order: .second, &workspace)
  }

  /// The part of the log likelihood that depends on a constant second predictor alone.
  func addSharedTerm(
    _ outcome: ModelOutcome, _ coefficients: [Double], _ order: DerivativeOrder,
    _ gradient: inout [Double]
  ) -> Double {
    guard outcome.predictors.count > 1, outcome.predictors[1].isConstant else { return 0 }
    let place = outcome.predictors[1].coefficientOffset
    let shared = outcome.family.sharedTerm(
      outcome.response, constantPredictor: coefficients[place])
    if order >= .first { gradient[place] += shared.first }
    return shared.value
  }

  private func addGradient(
    _ index: Int, start: Int, count: Int, run: Int, _ workspace: inout RowWorkspace
  ) {
    let outcome = outcomes[index]
    for a in outcome.predictors.indices {
      let channel = workspace.derivatives[index].channels.first(a)
      outcome.addDesignProduct(
        a, workspace.derivatives[index].values, channel: channel, start: start, count: count,
        to: &workspace.coefficientGradient)
      guard outcome.predictors[a].isRandom else { continue }
      outcome.addEffectProduct(
        a, workspace.derivatives[index].values, channel: channel, start: start, count: count,
        run: run, layout: effects, to: &workspace.effectGradient)
    }
  }

  private func addCurvature(
    _ index: Int, start: Int, count: Int, run: Int, _ workspace: inout RowWorkspace
  ) {
    let outcome = outcomes[index]
    for a in outcome.randomPredictors {
      for b in outcome.randomPredictors {
        outcome.addCurvature(
          a, b, workspace.derivatives[index].values,
          channel: workspace.derivatives[index].channels.second(a, b), start: start, count: count,
          run: run, layout: effects, to: &workspace.curvature)
      }
    }
  }
}

extension RowWorkspace {
  mutating func clearGradient() {
    for i in coefficientGradient.indices { coefficientGradient[i] = 0 }
    for i in effectGradient.indices { effectGradient[i] = 0 }
  }

  mutating func clearCurvature() {
    for i in curvature.blocks.indices { curvature.blocks[i] = 0 }
    for i in curvature.border.indices { curvature.border[i] = 0 }
    for i in curvature.corner.indices { curvature.corner[i] = 0 }
  }
}
