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
    // Outcomes and predictors are read through spans here and below: an element of an array that is named is copied,
    // and the copy counts references to a dozen arrays.
    let all = outcomes.span
    for index in all.indices {
      total += all[index].response.constantSum
      total += addSharedTerm(all[index], coefficients, order, &workspace.coefficientGradient)
      total += all[index].pass(
        coefficients: coefficients, effects: b, layout: effects, order: min(order, .second),
        &workspace.predictors[index], &workspace.derivatives[index],
        &workspace.coefficientGradient, &workspace.effectGradient, &workspace.curvature)
    }
    workspace.logLikelihood = total.isNaN ? -.infinity : total
  }

  /// `pass` to the first order: the log likelihood and its gradient in β and b.
  package func gradientPass(
    coefficients: [Double], effects b: [Double], _ workspace: inout RowWorkspace
  ) {
    pass(coefficients: coefficients, effects: b, order: .first, &workspace)
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
    guard outcome.predictors.count > 1, outcome.predictors[1].isOneNumber else { return 0 }
    let place = outcome.predictors[1].coefficientOffset
    let fixed = outcome.predictors[1].fixedValue
    let shared = outcome.family.sharedTerm(
      outcome.response, constantPredictor: fixed ?? coefficients[place])
    if order >= .first && fixed == nil { gradient[place] += shared.first }
    return shared.value
  }
}

extension ModelOutcome {
  /// The log likelihood of this outcome's rows, and by `order` its share of gradient and curvature, block by block.
  fileprivate func pass(
    coefficients: [Double], effects b: [Double], layout: RandomEffectLayout,
    order: DerivativeOrder, _ block: inout PredictorBlock, _ derivatives: inout DerivativeBlock,
    _ coefficientGradient: inout [Double], _ effectGradient: inout [Double],
    _ curvature: inout ArrowMatrix
  ) -> Double {
    var total = 0.0
    var run = 0
    for start in stride(from: 0, to: response.count, by: rowsPerBlock) {
      let count = min(rowsPerBlock, response.count - start)
      while run < runs.count && runs[run].end <= start { run += 1 }
      fillPredictors(
        &block, start: start, count: count, run: run, coefficients: coefficients, effects: b,
        layout: layout)
      total += family.evaluate(
        response, start: start, count: count, predictors: block, order: order, into: &derivatives)
      if order == .value { continue }
      addGradient(
        derivatives, start: start, count: count, run: run, layout, &coefficientGradient,
        &effectGradient)
      if order >= .second {
        addCurvature(derivatives, start: start, count: count, run: run, layout, &curvature)
      }
    }
    return total
  }

  private func addGradient(
    _ derivatives: DerivativeBlock, start: Int, count: Int, run: Int,
    _ layout: RandomEffectLayout, _ coefficientGradient: inout [Double],
    _ effectGradient: inout [Double]
  ) {
    let all = predictors.span
    for a in all.indices {
      let channel = derivatives.channels.first(a)
      addDesignProduct(
        a, derivatives.values, channel: channel, start: start, count: count,
        to: &coefficientGradient)
      guard all[a].isRandom else { continue }
      addEffectProduct(
        a, derivatives.values, channel: channel, start: start, count: count, run: run,
        layout: layout, to: &effectGradient)
    }
  }

  private func addCurvature(
    _ derivatives: DerivativeBlock, start: Int, count: Int, run: Int,
    _ layout: RandomEffectLayout, _ curvature: inout ArrowMatrix
  ) {
    for a in randomPredictors {
      for b in randomPredictors {
        addCurvature(
          a, b, derivatives.values, channel: derivatives.channels.second(a, b), start: start,
          count: count, run: run, layout: layout, to: &curvature)
      }
    }
  }
}

extension RowWorkspace {
  mutating func clearGradient() {
    coefficientGradient.fill(with: 0)
    effectGradient.fill(with: 0)
  }

  mutating func clearCurvature() {
    curvature.blocks.fill(with: 0)
    curvature.border.fill(with: 0)
    curvature.corner.fill(with: 0)
  }
}
